import asyncio
import sys


async def answer(n):
    code = f"import time; time.sleep(0.{n}); print({n})"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    return int(out)


async def main():
    print(await asyncio.gather(*(answer(n) for n in (3, 1, 2))))


asyncio.run(main())
