use std::io::Write as _;
use std::path::PathBuf;

use super::*;

/// A folder of the test's own.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Every file below it.
    fn files(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.path().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("readable").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path);
                }
            }
        }
        files
    }
}

fn hashed(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let hash = Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn seen(bytes: &[u8], name: &str) -> Result<Kind, Unfit> {
    let folder = Folder::new();
    let path = folder.path().join("x");
    std::fs::write(&path, bytes).expect("written");
    inspect(&path, name).map_err(|error| match error {
        FilesError::Unfit(unfit) => unfit,
        other => panic!("{other}"),
    })
}

/// One entry of a container that is made by hand: name, packed bytes, and how many it says.
type Part<'a> = (&'a str, &'a [u8], u32);

fn zip_with(parts: &[Part<'_>], flags: u16, method: u16) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, packed, unpacked) in parts {
        let offset = u32::try_from(file.len()).expect("small");
        let sizes = [u32::try_from(packed.len()).expect("small"), *unpacked];
        let mut shared = Vec::new();
        for two in [20, flags, method, 0, 0] {
            shared.extend(u16::to_le_bytes(two));
        }
        shared.extend([0; 4]);
        for size in sizes {
            shared.extend(size.to_le_bytes());
        }
        shared.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
        shared.extend([0; 2]);
        file.extend(b"PK\x03\x04");
        file.extend(&shared);
        file.extend(name.as_bytes());
        file.extend(*packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).expect("few").to_le_bytes();
    let (length, start) = (directory.len() as u32, file.len() as u32);
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count);
    file.extend(count);
    file.extend(length.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0; 2]);
    file
}

fn zip(parts: &[Part<'_>]) -> Vec<u8> {
    zip_with(parts, 0, 8)
}

const TYPES: Part<'static> = ("[Content_Types].xml", b"xx", 2);

fn ole(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("made");
    for name in streams {
        if let Some((folder, _)) = name.split_once('/') {
            file.create_storage(folder).expect("a storage");
        }
        let mut stream = file.create_stream(name).expect("a stream");
        stream.write_all(b"content").expect("written");
    }
    file.flush().expect("flushed");
    file.into_inner().into_inner()
}

#[test]
fn each_kind_is_told_by_its_bytes() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    assert_eq!(seen(b"%PDF-1.7\n%%EOF", "a.pdf"), Ok(Kind::Pdf));
    assert_eq!(
        seen(b"\xff\xd8\xff\xe0\0\x10JFIF", "a.JPEG"),
        Ok(Kind::Jpeg)
    );
    assert_eq!(seen(png, "a.png"), Ok(Kind::Png));
    assert_eq!(
        seen(b"II*\0\x08\0\0\0\x0e\0\xfe\0\x04\0\x01\0", "a.tif"),
        Ok(Kind::Tiff)
    );
    let docx = zip(&[TYPES, ("word/document.xml", b"xx", 9)]);
    assert_eq!(seen(&docx, "a.docx"), Ok(Kind::Docx));
    let xlsx = zip(&[TYPES, ("xl/workbook.xml", b"xx", 9)]);
    assert_eq!(seen(&xlsx, "a.xlsx"), Ok(Kind::Xlsx));
    let ofd = zip(&[("OFD.xml", b"xx", 9)]);
    assert_eq!(seen(&ofd, "a.ofd"), Ok(Kind::Ofd));
    assert_eq!(seen(&ole(&["WordDocument"]), "a.wps"), Ok(Kind::Doc));
    assert_eq!(seen(&ole(&["Workbook"]), "a.xls"), Ok(Kind::Xls));
}

#[test]
fn a_program_with_the_name_of_a_pdf_is_refused_as_a_program() {
    let found = Some(error::Found::Program);
    let refused = Err(Unfit::UnknownContent { found });
    let windows = [b"MZ\x90\0".as_slice(), &[0; 200]].concat();
    assert_eq!(seen(&windows, "a.pdf"), refused);
    let linux = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 200]].concat();
    assert_eq!(seen(&linux, "a.pdf"), refused);
}

#[test]
fn a_name_that_says_another_kind_is_refused() {
    let (named, found) = (Kind::Docx, Kind::Pdf);
    let refused = Err(Unfit::NotWhatItSays { named, found });
    assert_eq!(seen(b"%PDF-1.7", "a.docx"), refused);
    for name in ["a.pdf.exe", "a", ".pdf", "a.zip", "a.docm"] {
        let refused = seen(b"%PDF-1.7", name);
        assert!(
            matches!(refused, Err(Unfit::UnknownEnding { .. })),
            "{name}"
        );
    }
}

#[test]
fn a_web_page_is_refused_whatever_its_name() {
    let refused = seen(b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf");
    let found = Some(error::Found::Page);
    assert_eq!(refused, Err(Unfit::UnknownContent { found }));
    let refused = seen("只是文字".as_bytes(), "a.pdf");
    assert_eq!(refused, Err(Unfit::UnknownContent { found: None }));
}

#[test]
fn an_archive_is_no_document() {
    let found = Some(error::Found::Archive);
    let archive = zip(&[("a.pdf", b"xx", 9)]);
    assert_eq!(
        seen(&archive, "a.docx"),
        Err(Unfit::UnknownContent { found })
    );
}

#[test]
fn an_archive_bomb_is_refused_unopened() {
    // A small container that says it unpacks to gigabytes.
    let bomb = zip(&[TYPES, ("word/document.xml", b"xx", 4_000_000_000)]);
    let refused = seen(&bomb, "a.docx");
    assert!(matches!(refused, Err(Unfit::Bomb { .. })), "{refused:?}");
    // Below the absolute limit, but out of proportion.
    let bomb = zip(&[TYPES, ("word/document.xml", b"xx", 20_000_000)]);
    let refused = seen(&bomb, "a.docx");
    assert!(matches!(refused, Err(Unfit::Bomb { .. })), "{refused:?}");
    // More entries than any document has.
    let names: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
    let parts: Vec<Part<'_>> = names
        .iter()
        .map(|n| (n.as_str(), b"".as_slice(), 0))
        .collect();
    let refused = seen(&zip(&parts), "a.docx");
    assert!(matches!(refused, Err(Unfit::Bomb { .. })), "{refused:?}");
}

#[test]
fn entries_that_share_their_bytes_are_a_bomb() {
    let mut overlapping = zip(&[
        TYPES,
        ("word/document.xml", b"xx", 9),
        ("word/x.xml", b"x", 9),
    ]);
    let last = overlapping
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .expect("an entry");
    overlapping[last + 42..last + 46].copy_from_slice(&0_u32.to_le_bytes());
    let refused = seen(&overlapping, "a.docx");
    assert!(matches!(refused, Err(Unfit::Bomb { .. })), "{refused:?}");
}

#[test]
fn a_container_that_is_cut_off_or_locked_or_leads_elsewhere_is_refused() {
    let whole = zip(&[TYPES, ("word/document.xml", b"xx", 9)]);
    for length in [4, 30, whole.len() - 1] {
        let refused = seen(&whole[..length], "a.docx");
        assert!(matches!(refused, Err(Unfit::Damaged(_))), "{refused:?}");
    }
    let locked = zip_with(&[TYPES, ("word/document.xml", b"xx", 9)], 1, 8);
    assert_eq!(seen(&locked, "a.docx"), Err(Unfit::Encrypted));
    let strange = zip_with(&[TYPES, ("word/document.xml", b"xx", 9)], 0, 99);
    assert_eq!(seen(&strange, "a.docx"), Err(Unfit::Damaged("method")));
    let out = zip(&[TYPES, ("word/document.xml", b"x", 9), ("../x", b"x", 9)]);
    assert_eq!(seen(&out, "a.docx"), Err(Unfit::Damaged("entry name")));
}

#[test]
fn documents_with_macros_or_a_password_are_refused() {
    let with = zip(&[
        TYPES,
        ("word/document.xml", b"x", 9),
        ("word/vbaProject.bin", b"x", 9),
    ]);
    assert_eq!(seen(&with, "a.docx"), Err(Unfit::Macros));
    assert_eq!(
        seen(&ole(&["WordDocument", "Macros/VBA"]), "a.doc"),
        Err(Unfit::Macros)
    );
    let locked = ole(&["EncryptionInfo", "EncryptedPackage"]);
    assert_eq!(seen(&locked, "a.docx"), Err(Unfit::Encrypted));
    let refused = seen(&ole(&["WordDocument"])[..700], "a.doc");
    assert!(matches!(refused, Err(Unfit::Damaged(_))), "{refused:?}");
}

#[tokio::test]
async fn what_is_kept_reads_back_with_its_hash_and_leaves_no_incoming_file() {
    let folder = Folder::new();
    let files = Files::local(folder.path(), 4_000_000).expect("files");
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let mut incoming = files.receive().expect("begun");
    for piece in bytes.chunks(70_000) {
        incoming.write(piece).await.expect("written");
    }
    let received = incoming.finish().await.expect("whole");
    assert_eq!(received.bytes(), 3_000_000);
    assert_eq!(received.sha256(), hashed(&bytes));
    files.keep("7/drawings/abc", &received).await.expect("kept");
    drop(received);
    assert_eq!(folder.files(), [folder.path().join("kept/7/drawings/abc")]);
    let mut read = Vec::new();
    let (size, mut pieces) = files.read("7/drawings/abc").await.expect("found");
    assert_eq!(size, 3_000_000);
    while let Some(piece) = pieces.next().await {
        read.extend(piece.expect("a piece"));
    }
    assert_eq!(read, bytes);
    assert_eq!(
        files.size("7/drawings/abc").await.expect("a head"),
        Some(3_000_000)
    );
    files.discard("7/drawings/abc").await.expect("discarded");
    assert_eq!(files.size("7/drawings/abc").await.expect("a head"), None);
    assert_eq!(folder.files(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_file_cut_off_half_way_or_too_large_or_empty_leaves_nothing() {
    let folder = Folder::new();
    let files = Files::local(folder.path(), 10).expect("files");
    let mut incoming = files.receive().expect("begun");
    incoming.write(b"12345").await.expect("written");
    assert_eq!(folder.files().len(), 1);
    drop(incoming);
    assert_eq!(folder.files(), Vec::<PathBuf>::new());

    let mut incoming = files.receive().expect("begun");
    incoming
        .write(b"1234567890")
        .await
        .expect("ten are allowed");
    let refused = incoming.write(b"1").await;
    assert!(matches!(
        refused,
        Err(FilesError::Unfit(Unfit::TooLarge { most: 10 }))
    ));
    drop(incoming);
    let empty = files.receive().expect("begun").finish().await;
    assert!(matches!(empty, Err(FilesError::Unfit(Unfit::Empty))));
    assert_eq!(folder.files(), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn only_old_incoming_files_are_swept() {
    let folder = Folder::new();
    let files = Files::local(folder.path(), 10).expect("files");
    let mut incoming = files.receive().expect("begun");
    incoming.write(b"12345").await.expect("written");
    let written = std::fs::metadata(&folder.files()[0])
        .and_then(|about| about.modified())
        .expect("a time");
    assert_eq!(
        files
            .sweep(written - Duration::from_secs(1))
            .expect("swept"),
        0
    );
    assert_eq!(
        files
            .sweep(written + Duration::from_secs(1))
            .expect("swept"),
        1
    );
    assert!(SystemTime::UNIX_EPOCH < written);
}

#[tokio::test]
async fn a_bucket_behind_tls_needs_no_more_than_its_settings() {
    let folder = Folder::new();
    let bucket = S3 {
        bucket: "approvals".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: None,
        access_key_id: "name".to_owned(),
        secret_access_key: "secret".to_owned(),
        allow_http: false,
    };
    for _ in 0..2 {
        let files = Files::s3(&bucket, folder.path(), 10).expect("a client");
        assert_eq!(files.most(), 10);
    }
}

mod any_bytes {
    use proptest::prelude::*;

    use super::*;

    fn looked_at(bytes: &[u8], name: &str) {
        // Any answer will do; what is made to mislead must only not stop the program.
        if let Ok(kind) = seen(bytes, name) {
            assert!(Kind::of_ending(super::super::name::ending(name)) == Some(kind));
        }
    }

    proptest! {
        #[test]
        fn never_stop_the_reader_of_containers(
            changes in proptest::collection::vec((0_usize..400, any::<u8>()), 0..12),
            cut in 0_usize..400,
        ) {
            let parts = [TYPES, ("word/document.xml", b"xx".as_slice(), 9), ("a/b", b"x", 9)];
            let mut bytes = zip(&parts);
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            bytes.truncate(bytes.len().saturating_sub(cut % 60).max(4));
            looked_at(&bytes, "a.docx");
        }

        #[test]
        fn never_stop_the_reader_of_compound_files(
            changes in proptest::collection::vec((0_usize..4096, any::<u8>()), 0..24),
        ) {
            let mut bytes = ole(&["WordDocument"]);
            for (at, byte) in changes {
                let at = 8 + at % (bytes.len() - 8);
                bytes[at] = byte;
            }
            looked_at(&bytes, "a.doc");
        }

        #[test]
        fn never_stop_the_reader_of_heads(
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            looked_at(&bytes, "a.pdf");
        }
    }
}
