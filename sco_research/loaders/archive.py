"""ZIP archives and the documents that are ZIP archives, opened so that none can do harm."""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sco_research.errors import SourceError

# A text compresses to a third or a tenth; what grows a thousandfold was made to.
MAX_MEMBERS = 200_000
MAX_BYTES = 2_000_000_000
MAX_BYTES_OF_A_MEMBER = 200_000_000
_STEEPEST = 500
_SMALL = 1_000_000


def open_archive(data: bytes | Path, where: str, *, max_bytes: int = MAX_BYTES) -> zipfile.ZipFile:
    """Return an archive whose members may be read.

    Raises
    ------
    SourceError
        Where the archive is damaged, encrypted, or would unpack to more than any text needs.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise SourceError(
            f"{where}: this ZIP archive is damaged or truncated ({error}); get the file again"
        ) from None
    if len(members) > MAX_MEMBERS:
        raise SourceError(
            f"{where}: this archive has {len(members)} members, and {MAX_MEMBERS} are read at "
            "most; unpack it and name the folder"
        )
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > max_bytes or (size > _SMALL and size > _STEEPEST * max(packed, 1)):
        raise SourceError(
            f"{where}: this archive unpacks from {_megabytes(packed)} to {_megabytes(size)}, as "
            "no archive of texts does; unpack it by hand if you trust it"
        )
    return archive


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size < 1e9 else f"{size / 1e9:,.1f} GB"


def members_of(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    """Yield every file of an archive, with what is wrong with its name or kind.

    Nothing is ever unpacked to disk, so a path out of the archive could do no harm; it is refused
    all the same, because it says what the archive is for.
    """
    for member in sorted(archive.infolist(), key=lambda member: member.filename):
        if member.is_dir():
            continue
        name = member.filename.replace("\\", "/")
        path = PurePosixPath(name)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or name[1:2] == ":" or "\0" in name:
            yield member, "its path leads out of the archive; rename it"
        elif kind == stat.S_IFLNK:
            yield member, "it is a link; put the file itself into the archive"
        elif member.flag_bits & 0x1:
            yield member, "it is encrypted; save it without a password"
        else:
            yield member, ""


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, where: str) -> bytes:
    """Return the bytes of a member, never more than its size says.

    Raises
    ------
    SourceError
        Where it is missing, damaged, or larger than it says.
    """
    try:
        with archive.open(member) as file:
            data = file.read(MAX_BYTES_OF_A_MEMBER + 1)
    except (
        KeyError,
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
    ) as e:
        reason = str(e).strip("'\"") or type(e).__name__
        raise SourceError(f"{where}: cannot be unpacked ({reason}); get the file again") from None
    except Exception as error:  # zlib.error and its kin have no common base
        raise SourceError(f"{where}: is damaged ({error}); get the file again") from None
    if len(data) > MAX_BYTES_OF_A_MEMBER:
        raise SourceError(
            f"{where}: unpacks to more than {_megabytes(MAX_BYTES_OF_A_MEMBER)}; split the file"
        )
    return data
