// The page's side of a live picture. It is the clock: it asks the kernel for a look, and again
// only when the answer has come. Text from the kernel is put in as text; only the picture itself,
// which autograder/draw has built with every text escaped, is put in as markup.

const LOOK = 200; // at most five looks a second
const IDLE_LOOK = 1000; // when nothing has changed for a while
const IDLE_AFTER = 25; // looks
const BEAT = 20000; // a sign of life while paused or out of sight
const SILENT = 8000; // then the page says that the kernel is busy or gone

const TAKES_KEYS = new Set(["button", "input", "pre", "summary"]);

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  // JupyterLab must not take arrows, Enter and letters for commands of the notebook. It looks for
  // this mark at the element that has the focus first, and at a parent only when it is too late.
  if (TAKES_KEYS.has(tag)) element.setAttribute("data-lm-suppress-shortcuts", "true");
  element.append(...children);
  return element;
}

let serial = 0;

function render({ model, el }) {
  const name = `ag-${Date.now().toString(36)}-${++serial}`;
  const root = make("section", { className: "ag-live" });
  root.setAttribute("aria-label", model.get("heading"));

  const question = make("fieldset");
  const picture = make("div", { className: "ag-svg" });
  const numbers = make("span", { className: "ag-bar" });
  const buttons = make("div", { className: "ag-bar" });
  const status = make("p", { className: "ag-status" });
  status.setAttribute("role", "status");
  const verdict = make("p", { className: "ag-verdict" });
  verdict.setAttribute("aria-live", "polite");
  const pause = make("button", { type: "button", className: "ag-pause" });
  const again = make("button", { type: "button", className: "ag-again", textContent: "Begin again" });
  const words = make("pre", { tabIndex: 0 });
  const told = make("details", {}, make("summary", { textContent: "In words" }), words);
  root.append(question, picture, status, verdict, buttons, told);
  el.append(root);

  let paused = false;
  let waiting = false; // a message has not been answered yet
  let asked = 0; // when it was sent
  let unchanged = 0;
  let changed = false;
  let visible = true;
  let timer = 0;
  let last = 0;
  let alive = true;
  let silent = false; // the kernel has not answered for a while, and the status says so
  const queue = []; // what was clicked while an answer was awaited

  function send(content) {
    waiting = true;
    asked = last = performance.now();
    model.send(content);
  }

  function request(content) {
    unchanged = 0;
    if (waiting) queue.push(content);
    else send(content);
  }

  // -- the clock ------------------------------------------------------------------------------

  function pace() {
    const watched = visible && document.visibilityState === "visible";
    if (paused || model.get("over") || !watched) return BEAT;
    return unchanged > IDLE_AFTER ? IDLE_LOOK : LOOK;
  }

  function tick() {
    if (!alive) return;
    const now = performance.now();
    if (waiting) {
      if (now - asked > SILENT && !model.get("over")) {
        picture.classList.add("ag-past");
        silent = true;
        say("The kernel is busy, or has ended. If it was restarted, run the cell again.");
      }
    } else if (now - last >= pace() - 5) {
      send({ kind: pace() === BEAT ? "beat" : "look" });
    }
    timer = setTimeout(tick, 50);
  }

  function onMessage(content) {
    if (content?.kind !== "done") return;
    waiting = false;
    picture.classList.toggle("ag-past", model.get("over"));
    if (silent) say(model.get("status"));
    silent = false;
    unchanged = changed ? 0 : unchanged + 1;
    changed = false;
    if (queue.length) send(queue.shift());
  }

  // -- what is shown --------------------------------------------------------------------------

  function say(text) {
    status.textContent = text;
  }

  function drawPicture() {
    changed = true;
    picture.innerHTML = model.get("svg");
  }

  function drawWords() {
    words.textContent = model.get("words");
  }

  function drawActions() {
    changed = true;
    for (const action of model.get("actions")) {
      const button = buttons.querySelector(`[data-key="${action.key}"]`);
      if (!button) continue;
      button.setAttribute("aria-disabled", String(!action.enabled));
      button.title = action.enabled ? "" : action.why;
      if (button.textContent !== action.label) button.textContent = action.label;
    }
  }

  function drawVerdict() {
    changed = true;
    verdict.textContent = model.get("verdict");
  }

  function drawOver() {
    changed = true;
    pause.hidden = model.get("over");
    picture.classList.toggle("ag-past", model.get("over"));
  }

  function drawPause() {
    pause.textContent = paused ? "Go on looking" : "Pause";
    pause.setAttribute("aria-pressed", String(paused));
  }

  // -- the prediction -------------------------------------------------------------------------

  function buildQuestion() {
    const { text, choices } = model.get("question");
    question.replaceChildren(make("legend", { textContent: `Predict. ${text}` }));
    if (model.get("predicted")) return;
    const submit = make("button", { type: "button", textContent: "Predict" });
    let answer;
    if (choices.length) {
      const list = make("div", { className: "ag-choices" });
      for (const choice of choices) {
        const input = make("input", { type: "radio", name: `${name}-choice`, value: choice });
        list.append(make("label", {}, input, choice));
      }
      question.append(list, submit);
      answer = () => list.querySelector("input:checked")?.value ?? "";
    } else {
      const input = make("input", { type: "number", min: "0", step: "1" });
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") submit.click();
      });
      question.append(make("label", {}, "Your prediction ", input), submit);
      answer = () => input.value;
    }
    submit.addEventListener("click", () => {
      if (answer() === "") say("Choose an answer first: a wrong prediction teaches most.");
      else request({ kind: "predict", answer: answer() });
    });
  }

  function afterPrediction() {
    const inside = question.contains(document.activeElement);
    buildQuestion();
    if (inside) buttons.querySelector("button")?.focus();
  }

  // -- the buttons ----------------------------------------------------------------------------

  function values() {
    const found = {};
    for (const input of numbers.querySelectorAll("input")) {
      found[input.dataset.key] = Math.trunc(Number(input.value));
    }
    return found;
  }

  function buildButtons() {
    for (const each of model.get("numbers")) {
      const input = make("input", { type: "number", value: each.value, step: "1" });
      input.min = each.least;
      input.max = each.most;
      input.dataset.key = each.key;
      numbers.append(make("label", {}, `${each.label} `, input));
    }
    if (model.get("numbers").length) buttons.append(numbers);
    for (const action of model.get("actions")) {
      const button = make("button", { type: "button", textContent: action.label });
      button.dataset.key = action.key;
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") === "true") {
          say(button.title === "predict first" ? "Predict first." : `Not now: ${button.title}.`);
        } else {
          request({ kind: "do", key: action.key, values: values() });
        }
      });
      buttons.append(button);
    }
    pause.addEventListener("click", () => {
      paused = !paused;
      drawPause();
    });
    again.addEventListener("click", () => request({ kind: "begin" }));
    buttons.append(pause, again);
  }

  const watched = {
    svg: drawPicture,
    words: drawWords,
    actions: drawActions,
    verdict: drawVerdict,
    over: drawOver,
    predicted: afterPrediction,
    status: () => {
      changed = true;
      say(model.get("status"));
    },
  };
  buildQuestion();
  buildButtons();
  for (const [trait, draw] of Object.entries(watched)) {
    model.on(`change:${trait}`, draw);
    if (trait !== "predicted") draw();
  }
  drawPause();
  model.on("msg:custom", onMessage);

  const watcher = new IntersectionObserver((entries) => {
    visible = entries[entries.length - 1].isIntersecting;
  });
  watcher.observe(root);
  const leave = () => model.send({ kind: "bye" });
  window.addEventListener("pagehide", leave);
  tick();

  return () => {
    alive = false;
    clearTimeout(timer);
    watcher.disconnect();
    window.removeEventListener("pagehide", leave);
    model.off("msg:custom", onMessage);
    for (const [trait, draw] of Object.entries(watched)) model.off(`change:${trait}`, draw);
  };
}

export default { render };
