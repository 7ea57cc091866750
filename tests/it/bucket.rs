//! Files in an S3-compatible bucket: a small one of our own, that speaks as much of the protocol
//! as the program needs and keeps everything in memory.

use std::collections::{BTreeMap, HashMap};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use futures_util::StreamExt;
use grid_approvals::files::{Files, S3};
use rocket::data::{Data, ToByteUnit};
use rocket::http::{Header, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{self, Responder, Response};
use rocket::{Config, Request, Shutdown, State, async_trait, delete, get, post, put, routes};

/// What lies in the bucket, and the parts of what is still being sent.
#[derive(Default)]
struct Inside {
    objects: HashMap<String, Vec<u8>>,
    parts: HashMap<String, BTreeMap<u32, Vec<u8>>>,
    unsigned: usize,
    broken: bool,
}

type Shared = Arc<Mutex<Inside>>;

/// Counts requests without a signature.
struct Signed;

#[async_trait]
impl<'r> FromRequest<'r> for Signed {
    type Error = ();
    async fn from_request(req: &'r Request<'_>) -> Outcome<Self, ()> {
        let named = req.headers().get_one("Authorization").unwrap_or_default();
        if !named.starts_with("AWS4-HMAC-SHA256 Credential=name/") {
            let shared = req.rocket().state::<Shared>().expect("the bucket");
            shared.lock().expect("the bucket").unsigned += 1;
        }
        Outcome::Success(Signed)
    }
}

/// An object with the headers that a reader of S3 expects.
struct Found(Vec<u8>);

impl<'r> Responder<'r, 'static> for Found {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build()
            .header(Header::new("ETag", "\"tag\""))
            .header(Header::new(
                "Last-Modified",
                "Mon, 21 Sep 2026 01:00:00 GMT",
            ))
            .sized_body(self.0.len(), std::io::Cursor::new(self.0))
            .ok()
    }
}

fn text(key: &Path) -> String {
    key.display().to_string()
}

#[post("/approvals/<key..>?uploads", rank = 1)]
fn begin(_signed: Signed, key: PathBuf) -> String {
    let key = text(&key);
    format!(
        "<InitiateMultipartUploadResult><Bucket>approvals</Bucket><Key>{key}</Key>\
         <UploadId>one</UploadId></InitiateMultipartUploadResult>"
    )
}

#[put("/approvals/<key..>?<partNumber>&<uploadId>", data = "<body>")]
#[expect(non_snake_case, reason = "the protocol's own names")]
async fn part(
    _signed: Signed,
    bucket: &State<Shared>,
    key: PathBuf,
    partNumber: u32,
    uploadId: &str,
    body: Data<'_>,
) -> Result<Found, Status> {
    assert_eq!(uploadId, "one");
    let bytes = body
        .open(64.mebibytes())
        .into_bytes()
        .await
        .expect("a body");
    let mut inside = bucket.lock().expect("the bucket");
    if inside.broken && partNumber > 1 {
        return Err(Status::Forbidden);
    }
    let parts = inside.parts.entry(text(&key)).or_default();
    parts.insert(partNumber, bytes.into_inner());
    Ok(Found(Vec::new()))
}

#[post("/approvals/<key..>?<uploadId>", rank = 2)]
#[expect(non_snake_case, reason = "the protocol's own names")]
fn complete(_signed: Signed, bucket: &State<Shared>, key: PathBuf, uploadId: &str) -> String {
    assert_eq!(uploadId, "one");
    let mut inside = bucket.lock().expect("the bucket");
    let key = text(&key);
    let parts = inside.parts.remove(&key).unwrap_or_default();
    let whole = parts.into_values().flatten().collect();
    inside.objects.insert(key.clone(), whole);
    format!(
        "<CompleteMultipartUploadResult><Bucket>approvals</Bucket><Key>{key}</Key>\
         <ETag>tag</ETag></CompleteMultipartUploadResult>"
    )
}

#[get("/approvals/<key..>")]
fn fetch(_signed: Signed, bucket: &State<Shared>, key: PathBuf) -> Option<Found> {
    let inside = bucket.lock().expect("the bucket");
    inside.objects.get(&text(&key)).cloned().map(Found)
}

#[delete("/approvals/<key..>")]
fn remove(_signed: Signed, bucket: &State<Shared>, key: PathBuf) -> Status {
    let mut inside = bucket.lock().expect("the bucket");
    inside.objects.remove(&text(&key));
    inside.parts.remove(&text(&key));
    Status::NoContent
}

struct Bucket {
    shared: Shared,
    files: Files,
    folder: tempfile::TempDir,
    shutdown: Shutdown,
}

impl Bucket {
    async fn open() -> Bucket {
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let shared = Shared::default();
        let settings = Config {
            port,
            log_level: rocket::config::LogLevel::Off,
            ..Config::debug_default()
        };
        let server = rocket::custom(settings)
            .manage(Arc::clone(&shared))
            .mount("/", routes![begin, part, complete, fetch, remove])
            .ignite()
            .await
            .expect("ignites");
        let shutdown = server.shutdown();
        rocket::tokio::spawn(server.launch());
        let folder = tempfile::tempdir().expect("a temporary folder");
        let bucket = S3 {
            bucket: "approvals".to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(format!("http://127.0.0.1:{port}")),
            access_key_id: "name".to_owned(),
            secret_access_key: "secret".to_owned(),
            allow_http: true,
        };
        let files = Files::s3(&bucket, folder.path(), 64 << 20).expect("a bucket");
        Bucket {
            shared,
            files,
            folder,
            shutdown,
        }
    }

    /// Keeps 12 MiB under the key.
    async fn keep(&self, key: &str) -> Result<Vec<u8>, grid_approvals::files::FilesError> {
        let bytes: Vec<u8> = (0..12 << 20_u32).map(|n: u32| n.to_le_bytes()[1]).collect();
        let mut incoming = self.files.receive().expect("begun");
        for piece in bytes.chunks(100_000) {
            incoming.write(piece).await.expect("written");
        }
        let received = incoming.finish().await.expect("whole");
        self.files.keep(key, &received).await?;
        Ok(bytes)
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.shutdown.clone().notify();
    }
}

#[rocket::async_test]
async fn a_file_goes_into_a_bucket_in_parts_and_comes_back_whole() {
    let bucket = Bucket::open().await;
    let bytes = bucket.keep("7/drawings/abc").await.expect("kept");
    let (size, mut pieces) = bucket.files.read("7/drawings/abc").await.expect("found");
    assert_eq!(size, 12 << 20);
    let mut read = Vec::new();
    while let Some(piece) = pieces.next().await {
        read.extend(piece.expect("a piece"));
    }
    assert!(read == bytes, "the bytes differ");
    bucket
        .files
        .discard("7/drawings/abc")
        .await
        .expect("removed");
    let gone = bucket.files.size("7/drawings/abc").await.expect("asked");
    assert_eq!(gone, None);
    let inside = bucket.shared.lock().expect("the bucket");
    assert_eq!(inside.unsigned, 0, "requests without a signature");
    assert!(inside.objects.is_empty());
}

#[rocket::async_test]
async fn a_bucket_that_fails_half_way_keeps_nothing() {
    let bucket = Bucket::open().await;
    bucket.shared.lock().expect("the bucket").broken = true;
    bucket.keep("7/drawings/abc").await.expect_err("it fails");
    let inside = bucket.shared.lock().expect("the bucket");
    assert!(inside.objects.is_empty() && inside.parts.is_empty());
    let incoming = bucket.folder.path().join("incoming");
    let left = std::fs::read_dir(incoming).expect("the folder").count();
    assert_eq!(left, 0);
}
