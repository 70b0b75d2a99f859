#!/usr/bin/env python3
"""Checks a bundle's archive by docs/formats/bundle.md and manifest.md, with only Python's standard library.

    scripts/check-bundle.py jitsi-1.0.tar.gz [jitsi-1.0.tar.gz.minisig]

A second implementation, written from the specification: it parses the tar with its own code, writes the members again,
compares byte for byte, and prints the identity. It reads .tar and .tar.gz, and checks no signature: minisign does that.
If the signature file is given, the identity, the file name and the time in its trusted comment are compared.
Exit status: 0 the bundle is as specified; 1 it is not, with the reason; 2 it could not be read.
"""
import hashlib
import json
import os
import re
import struct
import sys
import unicodedata
import zlib

BLOCK = 512
LIMITS = {"members": 100_000, "total": 1 << 36, "path": 1024, "component": 255, "depth": 64, "free": 1 << 24, "ratio": 200}
HELD = {"scrubjay.json": 1 << 28, "parameters.json": 1 << 26}
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {d + n for d in ("com", "lpt") for n in "123456789¹²³"}
PIECE = 1 << 18


class Refused(Exception):
    pass


def refuse(unless, reason):
    if not unless:
        raise Refused(reason)


# MARK: Paths


def check_path(raw):
    try:
        path = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(f"a name is not UTF-8: {raw!r}") from None
    shown = ascii(path)
    refuse(1 <= len(raw) <= LIMITS["path"], f"{shown}: the name is empty or too long")
    for character in path:
        refuse(unicodedata.category(character) not in INVISIBLE, f"{shown}: the name contains U+{ord(character):04X}")
    refuse(not set(path) & set('\\<>:"|?*'), f"{shown}: the name holds a character that Windows does not take")
    components = path.split("/")
    refuse(len(components) <= LIMITS["depth"], f"{shown}: too many components")
    for component in components:
        refuse(component not in ("", ".", ".."), f"{shown}: an empty component, a dot or two")
        refuse(len(component.encode()) <= LIMITS["component"], f"{shown}: a component is too long")
        refuse(component[-1] not in ". ", f"{shown}: a component ends in a dot or a blank")
        refuse(component.split(".")[0].rstrip(" ").lower() not in DEVICES, f"{shown}: a name of a device on Windows")
    refuse(unicodedata.is_normalized("NFC", path), f"{shown}: the name is not in NFC")
    return path


class Names:
    """Two names that are the same for some system are refused, and so is a file where another path has a folder."""

    def __init__(self):
        self.seen = {}

    @staticmethod
    def folded(name):
        return unicodedata.normalize("NFC", name.upper().lower())

    def add(self, path):
        parts = path.split("/")
        for end in range(1, len(parts)):
            folder = "/".join(parts[:end])
            other = self.seen.setdefault(self.folded(folder), (folder, True))
            refuse(other == (folder, True), f"{ascii(path)}: collides with {ascii(other[0])}")
        refuse(self.folded(path) not in self.seen, f"{ascii(path)}: collides with another name")
        self.seen[self.folded(path)] = (path, False)


# MARK: The canonical form, written


def octal(number, digits):
    return b"%0*o" % (digits, number)


def header(kind, name, prefix, mode, size, modified):
    block = bytearray(BLOCK)

    def put(offset, value):
        block[offset : offset + len(value)] = value

    put(0, name)
    put(100, octal(mode, 6) + b" \0")
    put(108, octal(0, 6) + b" \0")
    put(116, octal(0, 6) + b" \0")
    put(124, octal(size, 11) + b" ")
    put(136, octal(modified, 11) + b" ")
    put(148, b" " * 8)
    put(156, kind)
    put(257, b"ustar\0" + b"00")
    put(329, octal(0, 6) + b" \0")
    put(337, octal(0, 6) + b" \0")
    put(345, prefix)
    put(148, octal(sum(block), 6) + b"\0 ")
    return bytes(block)


def padding(size):
    return b"\0" * (-size % BLOCK)


def record(key, value):
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest) + 1
    while len(b"%d" % length) + len(rest) > length:
        length += 1
    return b"%d" % length + rest


def split(path):
    if any(byte >= 0x80 for byte in path):
        return None
    if len(path) <= 100:
        return b"", path
    for index in range(1, len(path)):
        if path[index : index + 1] == b"/" and len(path) - index - 1 <= 100:
            return (path[:index], path[index + 1 :]) if index <= 155 else None
    return None


def member_header(path, mode, size, modified):
    raw = path.encode()
    fields = split(raw)
    records = b""
    if fields is None:
        if any(byte >= 0x80 for byte in raw):
            records += record(b"hdrcharset", b"BINARY")
        records += record(b"path", raw)
    fits = size < 1 << 33
    if not fits:
        records += record(b"size", b"%d" % size)
    extended = b""
    if records:
        extended = header(b"x", b"PaxHeader", b"", mode, len(records), modified) + records + padding(len(records))
    prefix, name = fields or (b"", b"PaxFile")
    return extended + header(b"0", name, prefix, mode, size if fits else 0, modified)


# MARK: The file, read


class Tar:
    """The bytes of the tar, piece by piece, hashed as they come."""

    def __init__(self, path):
        self.size = os.path.getsize(path)
        self.file = open(path, "rb")
        self.hash = hashlib.blake2b(digest_size=32)
        self.buffer = b""
        self.count = 0
        start = self.file.read(4)
        self.file.seek(0)
        self.is_gzip = start[:2] == b"\x1f\x8b"
        refuse(start != b"\x28\xb5\x2f\xfd", "this program reads no zstd: unpack it first, 'zstd -d'")
        if self.is_gzip:
            refuse(self.file.read(10) == b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "the gzip header is another one")
            self.inflater = zlib.decompressobj(-15)
            self.crc = 0

    def more(self):
        if not self.is_gzip:
            return self.file.read(PIECE)
        while not self.inflater.eof:
            piece = self.inflater.unconsumed_tail or self.file.read(PIECE)
            try:
                made = self.inflater.decompress(piece, PIECE)
            except zlib.error as error:
                raise Refused(f"the gzip file is damaged: {error}") from None
            refuse(piece or made or self.inflater.eof, "the gzip file ends before its contents do")
            if made:
                self.crc = zlib.crc32(made, self.crc)
                return made
        trailer = self.inflater.unused_data + self.file.read()
        refuse(len(trailer) == 8, "there are bytes behind the gzip member, or too few")
        refuse(struct.unpack("<II", trailer) == (self.crc, self.count & 0xFFFFFFFF), "the gzip checksum is wrong")
        return b""

    def read(self, count):
        """The next bytes; fewer at the end."""
        while len(self.buffer) < count:
            piece = self.more()
            if not piece:
                break
            self.count += len(piece)
            refuse(self.count <= LIMITS["total"], "the archive is too large")
            refuse(
                self.count <= LIMITS["free"] or self.count // self.size < LIMITS["ratio"],
                "the archive is too much larger than its compressed form",
            )
            self.hash.update(piece)
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken


def number(field, digits, end):
    refuse(re.fullmatch(b"[0-7]{%d}%s" % (digits, re.escape(end)), field), "a number in a header is spelled otherwise")
    return int(field[:digits], 8)


def records(body):
    """The records of an extended header, strictly: only the three that there may be."""
    found = {}
    while body:
        match = re.match(rb"([1-9][0-9]{0,5}) (hdrcharset|path|size)=", body)
        refuse(match, "an extended header holds something else")
        length = int(match.group(1))
        refuse(match.end() < length <= len(body) and body[length - 1 : length] == b"\n", "a record has a wrong length")
        refuse(match.group(2) not in found, "a record stands twice")
        found[match.group(2)] = body[match.end() : length - 1]
        body = body[length:]
    return found


def members(tar):
    """Path, mode, size and time of each member; the caller reads the contents."""
    while True:
        block = tar.read(BLOCK)
        refuse(len(block) == BLOCK, "the archive ends before its end")
        if block == b"\0" * BLOCK:
            refuse(tar.read(BLOCK) == b"\0" * BLOCK, "one block of zeros is no end")
            refuse(tar.read(1) == b"", "there are bytes behind the end")
            return
        given = block
        extended = {}
        if block[156:157] == b"x":
            size = number(block[124:136], 11, b" ")
            refuse(size <= 4096, "an extended header is too large")
            body = tar.read(size)
            given += body + tar.read(-size % BLOCK)
            extended = records(body)
            block = tar.read(BLOCK)
            refuse(len(block) == BLOCK, "the archive ends before its end")
            given += block
        refuse(block[156:157] == b"0", "a member is no regular file")
        name = block[:100].split(b"\0")[0]
        prefix = block[345:500].split(b"\0")[0]
        path = check_path(extended.get(b"path", prefix + b"/" + name if prefix else name))
        size = number(block[124:136], 11, b" ")
        if b"size" in extended:
            refuse(re.fullmatch(rb"[1-9][0-9]{0,17}", extended[b"size"]), "a size is spelled otherwise")
            size = int(extended[b"size"])
        mode = number(block[100:108], 6, b" \0")
        refuse(mode in (0o644, 0o755), f"{ascii(path)}: the mode is {mode:o}")
        modified = number(block[136:148], 11, b" ")
        refuse(given == member_header(path, mode, size, modified), f"{ascii(path)}: the header is not the canonical one")
        yield path, mode, size, modified


# MARK: The manifest


def canonical_json(manifest):
    """Python's json escapes as the specification wants, but for the lone '/' and DEL, which both leave alone."""
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def parse_manifest(raw):
    def once(pairs):
        refuse(len({name for name, _ in pairs}) == len(pairs), "the manifest has a member twice")
        return dict(pairs)

    try:
        manifest = json.loads(raw.decode("utf-8"), object_pairs_hook=once)
    except ValueError as error:
        raise Refused(f"the manifest is no JSON: {error}") from None
    refuse(isinstance(manifest, dict), "the manifest is no object")
    refuse(list(manifest) == ["schema", "name", "version", "released", "files"], "the manifest has other members")
    refuse(manifest["schema"] == 1 and type(manifest["schema"]) is int, "the manifest has another schema")
    refuse(re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,127}", str(manifest["name"])), "the name is not one")
    refuse(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,127}", str(manifest["version"])), "the version is not one")
    refuse(type(manifest["released"]) is int and 0 <= manifest["released"] < 1 << 33, "the time is not one")
    refuse(isinstance(manifest["files"], list), "the files are no list")
    for file in manifest["files"]:
        refuse(list(file) == ["path", "mode", "size", "sha256"], "a file has other members")
        refuse(file["mode"] in ("0644", "0755") and type(file["size"]) is int, "a file's mode or size is not one")
        refuse(re.fullmatch(r"[0-9a-f]{64}", str(file["sha256"])), "a file's digest is not one")
    refuse(canonical_json(manifest) == raw, "the manifest is not in its canonical form")
    return manifest


# MARK: The bundle


def check(path):
    tar = Tar(path)
    manifest = None
    names = Names()
    previous = None
    time = None
    count = 0
    for member, mode, size, modified in members(tar):
        count += 1
        refuse(count <= LIMITS["members"], "there are too many members")
        names.add(member)
        refuse(time in (None, modified), f"{ascii(member)}: the time is another")
        time = modified
        refuse(size <= HELD.get(member, size), f"{ascii(member)}: the file is too large")
        sha256 = hashlib.sha256()
        kept = b""
        left = size
        while left:
            piece = tar.read(min(left, PIECE))
            refuse(piece, f"{ascii(member)}: the archive ends inside the member")
            left -= len(piece)
            sha256.update(piece)
            if manifest is None:
                kept += piece
        refuse(tar.read(-size % BLOCK) == padding(size), f"{ascii(member)}: the padding is not zeros")
        if manifest is None:
            refuse(member == "scrubjay.json" and mode == 0o644, "the first member is not scrubjay.json")
            manifest = parse_manifest(kept)
            continue
        refuse(previous is None or previous < member.encode(), f"{ascii(member)}: out of order")
        previous = member.encode()
        refuse(count - 2 < len(manifest["files"]), f"{ascii(member)}: not in the manifest")
        expected = {"path": member, "mode": f"{mode:04o}", "size": size, "sha256": sha256.hexdigest()}
        refuse(manifest["files"][count - 2] == expected, f"{ascii(member)}: not what the manifest says")
    refuse(manifest is not None, "the archive is empty")
    refuse(len(manifest["files"]) == count - 1, "the manifest lists more files")
    refuse(manifest["released"] == time, "the manifest names another time than the members")
    name = os.path.basename(path)
    refuse(name.endswith((".tar.gz", ".tgz") if tar.is_gzip else ".tar"), "the contents do not match the file extension")
    return manifest, "blake2b-256:" + tar.hash.hexdigest()


def check_comment(signature, path, manifest, identity):
    with open(signature, "rb") as file:
        lines = file.read().split(b"\n")
    refuse(len(lines) == 5 and lines[2].startswith(b"trusted comment: "), "the signature is not four lines")
    expected = f"timestamp:{manifest['released']}\tfile:{os.path.basename(path)}\thashed\ttar:{identity}"
    refuse(lines[2][17:] == expected.encode(), "the trusted comment says something else")


def main(arguments):
    if len(arguments) not in (1, 2) or arguments[0].startswith("-"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        manifest, identity = check(arguments[0])
        if len(arguments) == 2:
            check_comment(arguments[1], arguments[0], manifest, identity)
    except Refused as reason:
        print(f"check-bundle: {reason}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"check-bundle: {error}", file=sys.stderr)
        return 2
    print(f"{manifest['name']} {manifest['version']}: {len(manifest['files'])} files, {identity}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
