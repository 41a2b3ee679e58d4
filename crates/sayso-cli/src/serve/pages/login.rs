//! Who has a token gives it once.

use axum::extract::State as Given;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::html;

use super::{for_person, own, see, shown};
use crate::serve::answer::Asked;
use crate::serve::form::Form;
use crate::serve::problem::Problem;
use crate::serve::state::{Shared, State};

/// Where to go when it is known who asks.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Next {
    next: Option<String>,
}

/// A place of this server and nowhere else: `//evil.example` would be another.
fn own_place(next: Option<&str>) -> &str {
    let is_own = |next: &&str| {
        let second = next.as_bytes().get(1);
        next.starts_with('/')
            && second.is_none_or(|second| !matches!(second, b'/' | b'\\'))
            && !next.contains(char::is_control)
    };
    next.filter(is_own).unwrap_or("/")
}

fn page(state: &State, next: &str, wrong: bool) -> Response {
    let page = own(
        "/login",
        "Sign in",
        &html! {
            h1 { "Sign in" }
            @if wrong { p.wrong role="alert" { "That token isn’t known here." } }
            form.ask action="/login" method="post" {
                input type="hidden" name="next" value=(next);
                label for="token" { "Your token" }
                input #token type="password" name="token" required autocomplete="current-password";
                button { "Sign in" }
            }
        },
    );
    shown(state, page, None)
}

pub(super) async fn form(Given(state): Given<Shared>, asked: Result<Asked<Next>, Problem>) -> Response {
    let next = asked.map(|asked| asked.0.next).unwrap_or_default();
    page(&state, own_place(next.as_deref()), false)
}

pub(super) async fn enter(Given(state): Given<Shared>, form: Result<Form, Problem>) -> Response {
    let answer = || {
        let form = form?;
        let next = own_place(form.get("next"));
        let session =
            state.access.session(form.get("token").unwrap_or_default()).map_err(|_| Problem::fault())?;
        let Some(cookie) = session else {
            let mut response = page(&state, next, true);
            *response.status_mut() = StatusCode::FORBIDDEN;
            return Ok(response);
        };
        Ok(with_cookie(see(next), &cookie))
    };
    for_person(&state, answer())
}

pub(super) async fn leave(Given(state): Given<Shared>, headers: HeaderMap) -> Response {
    with_cookie(see("/login"), &state.access.end(&headers))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::own_place;

    #[test]
    fn nobody_is_led_elsewhere() {
        for (next, expected) in [
            (Some("/stories/3?x=1"), "/stories/3?x=1"),
            (Some("//evil.example"), "/"),
            (Some("/\\evil.example"), "/"),
            (Some("https://evil.example"), "/"),
            (Some("/a\r\nset-cookie: x"), "/"),
            (None, "/"),
        ] {
            assert_eq!(own_place(next), expected, "{next:?}");
        }
    }
}
