//! What comes in and goes out as JSON.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio_stream::Stream;

use super::problem::Problem;
use crate::desk::asked;

/// What stands behind a question mark, in bytes.
const LONGEST: usize = 4_096;

/// A body of JSON that says what it should.
pub(super) struct Given<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Given<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = said.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" {
            let detail = "send JSON, with `content-type: application/json`";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
        let bytes = bytes(request, state).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| Problem::bad(format!("the body: {error}")))
    }
}

/// All of a body, within the server's limit.
pub(super) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejected| match rejected.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Problem::bad("the body was cut off"),
    })
}

pub(super) fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "the body is larger than this server takes; --max-bytes allows more",
    )
}

/// What an address asks for behind its question mark.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.len() > LONGEST) {
            return Err(Problem::bad(format!("more is asked than fits into {LONGEST} letters")));
        }
        let asked = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        asked.map(|query| Self(query.0)).map_err(|rejected| {
            let words = rejected.body_text();
            Problem::bad(words.strip_prefix("Failed to deserialize query string: ").unwrap_or(&words))
        })
    }
}

/// A part of an address, as words.
pub(super) struct At(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Problem::missing("there is nothing at such an address"))
    }
}

/// A day of a question.
pub(super) fn day(name: &str, words: Option<String>) -> Result<Option<String>, Problem> {
    asked::day(name, words).map_err(|error| Problem::bad(error.to_string()))
}

/// JSON with its checksum, or that the asker has it already.
pub(super) fn json(headers: &HeaderMap, value: &impl Serialize) -> Result<Response, Problem> {
    let body = serde_json::to_vec(value).map_err(|_| Problem::fault())?;
    Ok(tagged(headers, "application/json", body))
}

/// Any answer with its checksum.
pub(super) fn tagged(headers: &HeaderMap, media_type: &'static str, body: Vec<u8>) -> Response {
    let digest = Sha256::digest(&body);
    let tag: String = digest[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known =
        known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type)], Body::from(body)).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// What a sender of an answer sends last, so that one that breaks off never looks whole.
pub(super) const END: Bytes = Bytes::new();

/// Parts of an answer, up to its end; where that doesn't come, the connection breaks off.
struct Whole {
    parts: tokio::sync::mpsc::Receiver<Result<Bytes, std::io::Error>>,
    ended: bool,
}

impl Stream for Whole {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let part = ready!(self.parts.poll_recv(context));
        self.ended = !matches!(&part, Some(Ok(bytes)) if !bytes.is_empty());
        Poll::Ready(match part {
            Some(Ok(bytes)) if bytes.is_empty() => None,
            Some(part) => Some(part),
            None => Some(Err(std::io::ErrorKind::BrokenPipe.into())),
        })
    }
}

/// An answer that is sent while it is made; its last part is [`END`].
pub(super) fn streamed(
    media_type: &'static str,
    receiver: tokio::sync::mpsc::Receiver<Result<Bytes, std::io::Error>>,
) -> Response {
    ([(header::CONTENT_TYPE, media_type)], Body::from_stream(Whole { parts: receiver, ended: false }))
        .into_response()
}
