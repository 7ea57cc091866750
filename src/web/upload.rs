//! A form with one file, read as it comes: the token first, then the file piece by piece.
//!
//! # Why
//! Rocket's own multipart forms keep a field without a type whole in memory up to the limit of
//! the form, and that limit would have to be raised for every form to let one take 50 MB. Here
//! the token must come before the file, it is compared before a byte of the file is kept, and
//! the pieces are handed on one by one.

use multer::{Field, Multipart};
use rocket::data::{self, Data, FromData, ToByteUnit};
use rocket::http::Status;
use rocket::{Request, State, async_trait};
use subtle::ConstantTimeEq;
use tokio_util::io::ReaderStream;

use super::csrf::{Button, Csrf};
use super::problem::{self, Cause};
use super::{WebState, guard};

/// Bytes that are taken from the network at once.
const PIECE: usize = 64 * 1024;
/// Bytes of a form beyond its file: boundaries, headers, the token.
const AROUND: u64 = 64 * 1024;
/// Bytes of a token.
const TOKEN: usize = 256;

/// A form with a file whose token is the session's.
pub(super) enum FileForm<'r> {
    /// As it comes; the token has been read.
    Parts(Multipart<'r>),
    /// A form without any file.
    Empty,
}

/// A form that broke off, or is none.
#[derive(Debug)]
pub(super) struct CutOff;

/// The file of a form.
pub(super) struct FilePart<'r> {
    /// The name as it was sent; trust nothing in it.
    pub(super) name: String,
    field: Field<'r>,
}

impl FilePart<'_> {
    /// The next piece.
    ///
    /// # Errors
    /// The form breaks off.
    pub(super) async fn piece(&mut self) -> Result<Option<bytes::Bytes>, CutOff> {
        self.field.chunk().await.map_err(|_| CutOff)
    }

    /// Reads the rest and keeps nothing, so that the browser reads our answer instead of seeing
    /// its connection closed.
    pub(super) async fn drain(mut self) {
        while let Ok(Some(_)) = self.field.chunk().await {}
    }
}

impl<'r> FileForm<'r> {
    /// The form's file; `None`: it has none.
    ///
    /// # Errors
    /// The form breaks off.
    pub(super) async fn file(&mut self) -> Result<Option<FilePart<'r>>, CutOff> {
        let FileForm::Parts(parts) = self else {
            return Ok(None);
        };
        match parts.next_field().await {
            Ok(Some(field)) if field.name() == Some("file") => Ok(Some(FilePart {
                name: field.file_name().unwrap_or_default().to_owned(),
                field,
            })),
            Ok(_) => Ok(None),
            Err(_) => Err(CutOff),
        }
    }
}

#[async_trait]
impl<'r> FromData<'r> for FileForm<'r> {
    type Error = ();

    async fn from_data(req: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        let boundary = req
            .content_type()
            .filter(|kind| kind.is_form_data())
            .map(|kind| kind.param("boundary").map(str::to_owned));
        let boundary = match boundary {
            None => {
                let form = Csrf::<Button>::from_data(req, data).await;
                return form.map(|_| FileForm::Empty);
            }
            Some(None) => return data::Outcome::Error((Status::BadRequest, ())),
            Some(Some(boundary)) => boundary,
        };
        let largest = req
            .guard::<&State<WebState>>()
            .await
            .succeeded()
            .and_then(|state| state.office.largest_file().ok())
            .unwrap_or_default();
        // A body that is too large is drained up to as much again.
        let limit = largest.saturating_mul(2).saturating_add(AROUND);
        let stream = ReaderStream::with_capacity(data.open(limit.bytes()), PIECE);
        let mut parts = Multipart::new(stream, boundary);
        let token = token(&mut parts).await.unwrap_or_default();
        let expected = guard::session(req).await.map(|session| &*session.csrf);
        let same = expected.is_some_and(|expected| {
            !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(&token))
        });
        if same {
            return data::Outcome::Success(FileForm::Parts(parts));
        }
        problem::because(req, Cause::Token);
        data::Outcome::Error((Status::Forbidden, ()))
    }
}

/// The first field, which must be the token and no longer than one.
async fn token(parts: &mut Multipart<'_>) -> Option<Vec<u8>> {
    let mut field = parts.next_field().await.ok()??;
    if field.name() != Some("_csrf") {
        return None;
    }
    let mut token = Vec::new();
    while let Some(piece) = field.chunk().await.ok()? {
        token.extend_from_slice(&piece);
        if token.len() > TOKEN {
            return None;
        }
    }
    Some(token)
}
