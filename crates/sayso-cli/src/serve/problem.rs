//! What goes wrong, as RFC 9457 has it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sayso_archive::ErrorKind;
use schemars::JsonSchema;
use serde::Serialize;

tokio::task_local! {
    /// The request's number, as the header `x-request-id` has it.
    pub(super) static REQUEST: String;
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(super) status: StatusCode,
    /// One line for a person; it may hold words of a request.
    pub(super) detail: String,
    /// Seconds after which it may go better.
    pub(super) retry_after: Option<u32>,
}

/// A problem's body, `application/problem+json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Details {
    /// `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    status: u16,
    /// What is wrong, in a line.
    detail: String,
    /// The request, as `urn:sayso:request:…`.
    instance: Option<String>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: crate::output::plain_line(&detail.into()), retry_after: None }
    }

    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// Too much is asked for at once.
    pub(super) fn busy(detail: impl Into<String>, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }

    /// A fault of our own, which a log tells of.
    pub(super) fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "this is a fault in sayso; the server goes on")
    }
}

impl From<sayso_archive::Error> for Problem {
    fn from(error: sayso_archive::Error) -> Self {
        let status = match error.kind() {
            ErrorKind::Missing | ErrorKind::NotOne => StatusCode::NOT_FOUND,
            ErrorKind::Input => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::Locked => {
                return Self::busy("another program is writing to the archive", 2);
            }
            _ => {
                // Where the file lies is the log's business.
                tracing::error!("{error}");
                return Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "the archive can't be read; the log says why",
                );
            }
        };
        if error.kind() == ErrorKind::Missing {
            return Self::missing("there is no archive yet; add an article first");
        }
        Self::new(status, error.to_string())
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        match error.downcast::<sayso_archive::Error>() {
            Ok(error) => error.into(),
            Err(error) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{error:#}")),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let details = Details {
            kind: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail,
            instance: REQUEST.try_with(|id| format!("urn:sayso:request:{id}")).ok(),
        };
        let body = serde_json::to_string(&details).unwrap_or_default();
        let mut response =
            (self.status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
