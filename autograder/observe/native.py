"""The source line at which a compiled program waits, read from outside.

The kernel tells the stack pointer of a blocked thread (/proc/PID/syscall). From there upwards the
first return address that lies in the program's own code, behind a call that leaves it (through
the procedure linkage table), is where it entered the library that waits. Its line is in the
program's DWARF line table, if it was compiled with -g (DWARF 5, section 6.2). x86-64 only.
"""

import os
import platform
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from elftools.common.exceptions import DWARFError, ELFError
from elftools.elf.elffile import ELFFile

from autograder.observe.mappings import Mapping, mappings_of
from autograder.observe.procfs import Vanished, read_bytes, read_link, read_memory

_STACK = 1 << 16
_LARGEST_TABLE = 4 << 20
_CALL, _CALL_INDIRECT = 0xE8, b"\xff\x15"


@dataclass(frozen=True, slots=True)
class NativeFrame:
    """Source file, line and function of a compiled program."""

    file: str
    line: int
    function: str


def native_frame(pid: int) -> NativeFrame | None:
    """Where the main thread of `pid` left its program's own code; None where that is not known."""
    if platform.machine() != "x86_64":
        return None
    try:
        program = read_link(f"/proc/{pid}/exe")
        with open(f"/proc/{pid}/exe", "rb") as stream:
            binary = ELFFile(stream)
            address = _return_address(pid, binary, program)
            return None if address is None else _line_of(binary, address - 1)
    except (OSError, Vanished, ELFError, DWARFError, struct.error, KeyError, IndexError):
        return None


def _return_address(pid: int, binary: ELFFile, program: str) -> int | None:
    """The innermost return address into the program, as its file numbers addresses."""
    maps = [each for each in mappings_of(pid) if each.path == program]
    if not maps:
        return None
    base = maps[0].start - maps[0].offset if binary["e_type"] == "ET_DYN" else 0
    fields = read_bytes(f"/proc/{pid}/syscall").split()
    stubs = _stubs(binary)
    for word in _words(pid, int(fields[-2], 16)):
        home = next((each for each in maps if each.start <= word < each.end), None)
        if home is not None and "x" in home.flags and _leaves(pid, word, base, home, stubs):
            return word - base
    return None


def _words(pid: int, stack: int) -> Iterator[int]:
    """The stack, upwards from its pointer."""
    end = next((each.end for each in mappings_of(pid) if each.start <= stack < each.end), stack)
    data = read_memory(pid, stack, min(_STACK, end - stack))
    return (word for (word,) in struct.iter_unpack("=Q", data[: len(data) // 8 * 8]))


def _stubs(binary: ELFFile) -> list[tuple[int, int]]:
    """Address ranges of the procedure linkage table."""
    sections = (section for section in binary.iter_sections() if section.name.startswith(".plt"))
    return [(each["sh_addr"], each["sh_addr"] + each["sh_size"]) for each in sections]


def _leaves(pid: int, address: int, base: int, home: Mapping, stubs: list[tuple[int, int]]) -> bool:
    """Whether the instruction before `address` calls out of the program."""
    if address - 6 < home.start:
        return False
    before = read_memory(pid, address - 6, 6)
    if before[:2] == _CALL_INDIRECT:
        return True
    if before[1] != _CALL:
        return False
    target = address - base + struct.unpack("=i", before[2:])[0]
    return any(low <= target < high for low, high in stubs)


def _line_of(binary: ELFFile, address: int) -> NativeFrame | None:
    section = binary.get_section_by_name(".debug_line")
    if section is None or section["sh_size"] > _LARGEST_TABLE:
        return None
    dwarf = binary.get_dwarf_info()
    for unit in dwarf.iter_CUs():
        program = dwarf.line_program_for_CU(unit)
        found = _row(program, address) if program is not None else None
        if found is not None:
            file = _file_name(program, found.file, unit.get_top_DIE().attributes)
            return NativeFrame(file, int(found.line), _function(unit, address))
    return None


def _row(program: Any, address: int) -> Any:
    """The row of a line table that covers `address`."""
    before = None
    for entry in program.get_entries():
        state = entry.state
        if state is None:
            continue
        if before is not None and before.address <= address < state.address:
            return before
        before = None if state.end_sequence else state
    return None


def _file_name(program: Any, number: int, attributes: Any) -> str:
    header = program.header
    first = 0 if header.version >= 5 else 1
    entry = header["file_entry"][number - first]
    compiled = attributes["DW_AT_comp_dir"].value.decode() if "DW_AT_comp_dir" in attributes else ""
    folders = [folder.decode() for folder in header["include_directory"]]
    if header.version < 5:
        folders.insert(0, compiled)
    folder = folders[entry.dir_index] if entry.dir_index < len(folders) else ""
    return os.path.normpath(os.path.join(compiled, folder, entry.name.decode()))


def _function(unit: Any, address: int) -> str:
    for entry in unit.get_top_DIE().iter_children():
        if entry.tag == "DW_TAG_subprogram" and "DW_AT_low_pc" in entry.attributes:
            low = entry.attributes["DW_AT_low_pc"].value
            high = entry.attributes["DW_AT_high_pc"]
            end = high.value if high.form == "DW_FORM_addr" else low + high.value
            name = entry.attributes.get("DW_AT_name")
            if low <= address < end and name is not None:
                return str(name.value.decode())
    return ""
