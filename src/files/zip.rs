//! What a ZIP container says of itself, read from its central directory; nothing is unpacked.
//!
//! # Why
//! OFD and Office Open XML documents are ZIP containers, and a few kilobytes of ZIP can unpack to
//! more than any disk. The directory says how much; a container that says too much, says it of
//! overlapping entries, or says what such documents never need is refused before anybody opens it.

use std::io::{Read, Seek, SeekFrom};

use super::error::{FilesError, Unfit};

/// Entries of a container; a workbook of hundreds of sheets has under a thousand.
const ENTRIES: u64 = 10_000;
/// Bytes of a directory.
const DIRECTORY: u64 = 4 * 1024 * 1024;
/// Bytes that all entries unpack to.
const UNPACKED: u64 = 512 * 1024 * 1024;
/// Below this many unpacked bytes the proportion does not matter.
const SMALL: u64 = 16 * 1024 * 1024;
/// How many times its size a container may unpack to; sheets of equal numbers reach 50.
const PROPORTION: u64 = 100;

/// The end record without its comment.
const END: usize = 22;
/// A directory entry without its name.
const ENTRY: usize = 46;
/// An entry's own header without its name.
const LOCAL: u64 = 30;
/// The longest comment after the end record.
const COMMENT: u64 = 65_535;

/// What the directory says.
#[derive(Debug)]
pub(super) struct Contents {
    names: Vec<String>,
}

impl Contents {
    /// Whether an entry of that name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|one| one == name)
    }

    /// Whether an entry's name begins and ends so.
    pub(super) fn has_like(&self, start: &str, end: &str) -> bool {
        self.names
            .iter()
            .any(|one| one.starts_with(start) && one.ends_with(end))
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u64> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u64::from(u16::from_le_bytes(two.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u64::from(u32::from_le_bytes(four.try_into().ok()?)))
}

fn damaged(what: &'static str) -> FilesError {
    Unfit::Damaged(what).into()
}

/// Reads the directory of a container of `size` bytes.
///
/// # Errors
/// Damaged, Bomb, Encrypted; the disk.
pub(super) fn read(file: &mut (impl Read + Seek), size: u64) -> Result<Contents, FilesError> {
    let end = end_record(file, size)?;
    let (entries, length, start) = (end.entries, end.length, end.start);
    if entries > ENTRIES || length > DIRECTORY {
        let unpacked = 0;
        return Err(Unfit::Bomb { unpacked, entries }.into());
    }
    let length = usize::try_from(length).map_err(|_| damaged("directory size"))?;
    let mut directory = vec![0; length];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut directory)?;

    let mut names = Vec::new();
    let mut extents: Vec<(u64, u64)> = Vec::new();
    let mut unpacked: u64 = 0;
    let mut rest = directory.as_slice();
    for _ in 0..entries {
        let entry = entry(rest).ok_or_else(|| damaged("directory entry"))?;
        if entry.flags & 1 != 0 {
            return Err(Unfit::Encrypted.into());
        }
        match entry.method {
            0 if entry.packed != entry.unpacked => return Err(damaged("stored size")),
            0 | 8 => {}
            _ => return Err(damaged("method")),
        }
        // Documents of 50 MB never need the sizes of ZIP64.
        if [entry.packed, entry.unpacked, entry.offset].contains(&u64::from(u32::MAX)) {
            return Err(damaged("zip64"));
        }
        let escapes = entry.name.starts_with('/')
            || entry.name.contains('\\')
            || entry.name.split('/').any(|part| part == "..");
        if escapes {
            return Err(damaged("entry name"));
        }
        unpacked = unpacked.saturating_add(entry.unpacked);
        extents.push((
            entry.offset,
            entry.offset + LOCAL + entry.name_length + entry.packed,
        ));
        names.push(entry.name);
        rest = rest.get(entry.length..).unwrap_or_default();
    }
    let proportionate = unpacked <= SMALL || unpacked <= size.saturating_mul(PROPORTION);
    if unpacked > UNPACKED || !proportionate {
        return Err(Unfit::Bomb { unpacked, entries }.into());
    }
    extents.sort_unstable();
    let mut before = 0;
    for (from, to) in extents {
        // One packed part that many entries share unpacks many times over.
        if from < before || to > start {
            return Err(Unfit::Bomb { unpacked, entries }.into());
        }
        before = to;
    }
    Ok(Contents { names })
}

struct End {
    entries: u64,
    length: u64,
    start: u64,
}

fn end_record(file: &mut (impl Read + Seek), size: u64) -> Result<End, FilesError> {
    let tail = size.min(COMMENT + 22);
    file.seek(SeekFrom::Start(size - tail))?;
    let mut bytes = Vec::new();
    file.take(tail).read_to_end(&mut bytes)?;
    let last = bytes
        .len()
        .checked_sub(END)
        .ok_or_else(|| damaged("too short"))?;
    let at = (0..=last)
        .rev()
        .find(|at| {
            bytes.get(*at..*at + 4) == Some(b"PK\x05\x06".as_slice())
                && short(&bytes, at + 20)
                    .and_then(|comment| usize::try_from(comment).ok())
                    .is_some_and(|comment| at + END + comment == bytes.len())
        })
        .ok_or_else(|| damaged("no end record"))?;
    let field = |value: Option<u64>| value.ok_or_else(|| damaged("end record"));
    let disks = field(short(&bytes, at + 4))? + field(short(&bytes, at + 6))?;
    let (here, entries) = (
        field(short(&bytes, at + 8))?,
        field(short(&bytes, at + 10))?,
    );
    let length = field(long(&bytes, at + 12))?;
    let start = field(long(&bytes, at + 16))?;
    let end = size - tail + u64::try_from(at).map_err(|_| damaged("end record"))?;
    if disks != 0 || here != entries || start + length != end {
        return Err(damaged("end record"));
    }
    Ok(End {
        entries,
        length,
        start,
    })
}

struct Entry {
    flags: u64,
    method: u64,
    packed: u64,
    unpacked: u64,
    offset: u64,
    name: String,
    name_length: u64,
    length: usize,
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    if bytes.get(..4)? != b"PK\x01\x02" {
        return None;
    }
    let name_length = short(bytes, 28)?;
    let name_end = ENTRY.checked_add(usize::try_from(name_length).ok()?)?;
    let more = short(bytes, 30)? + short(bytes, 32)?;
    let length = name_end.checked_add(usize::try_from(more).ok()?)?;
    bytes.get(..length)?;
    Some(Entry {
        flags: short(bytes, 8)?,
        method: short(bytes, 10)?,
        packed: long(bytes, 20)?,
        unpacked: long(bytes, 24)?,
        offset: long(bytes, 42)?,
        name: String::from_utf8_lossy(bytes.get(ENTRY..name_end)?).into_owned(),
        name_length,
        length,
    })
}
