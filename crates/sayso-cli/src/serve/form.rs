//! What a person sends with a form: words, addresses and files.

use axum::body::Bytes;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use sayso::{Article, Record};

use super::answer::{bytes, too_large};
use super::problem::Problem;
use crate::desk::Desk;
use crate::desk::asked::Told;
use crate::input;

/// Parts of a form at most.
const PARTS: usize = 64;

/// A form that was sent, with its fields in order.
#[derive(Debug, Default)]
pub(super) struct Form {
    fields: Vec<(String, String)>,
    /// Field, the file's own name, what is in it.
    files: Vec<(String, String, Bytes)>,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return Self::parts(request, state).await;
        }
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send a form"));
        }
        let bytes = bytes(request, state).await?;
        let fields = url::form_urlencoded::parse(&bytes).into_owned().take(PARTS).collect();
        Ok(Self { fields, files: Vec::new() })
    }
}

impl Form {
    async fn parts<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Problem> {
        let cut = |error: axum::extract::multipart::MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => too_large(),
            _ => Problem::bad("the form was cut off"),
        };
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| Problem::bad("the form has no parts"))?;
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(cut)? {
            if form.fields.len() + form.files.len() >= PARTS {
                return Err(Problem::bad(format!("a form has at most {PARTS} parts")));
            }
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) => {
                    let bytes = part.bytes().await.map_err(cut)?;
                    // A field for a file that was left empty.
                    if !bytes.is_empty() {
                        form.files.push((name, file, bytes));
                    }
                }
                None => {
                    let bytes = part.bytes().await.map_err(cut)?;
                    let words = String::from_utf8(bytes.to_vec())
                        .map_err(|_| Problem::bad("the form isn't in UTF-8"))?;
                    form.fields.push((name, words));
                }
            }
        }
        Ok(form)
    }

    /// A field's words, unless there are none.
    pub(super) fn get<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// All words of a field, of several of that name.
    pub(super) fn every<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.all(name).flat_map(str::split_whitespace)
    }

    /// Whether it brings no article of its own.
    pub(super) fn has_no_article(&self) -> bool {
        self.files.is_empty() && ["text", "url", "article"].iter().all(|name| self.get(name).is_none())
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let own = self.fields.iter().filter(move |(field, _)| field == name);
        own.map(|(_, words)| words.trim()).filter(|words| !words.is_empty())
    }

    pub(super) fn files(&self) -> Vec<(String, Bytes)> {
        self.files.iter().map(|(_, name, bytes)| (name.clone(), bytes.clone())).collect()
    }

    /// All addresses, one in each line of the fields `url`.
    pub(super) fn urls(&self) -> Vec<String> {
        self.all("url")
            .flat_map(str::lines)
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// All articles of a form, in the order text, files, addresses, numbers in the archive.
    pub(super) fn articles(&self, desk: &Desk) -> anyhow::Result<Vec<(Article, Record)>> {
        let mut told: Vec<Told> = Vec::new();
        told.extend(self.urls().into_iter().map(|url| Told { url: Some(url), ..Told::default() }));
        for number in self.all("article").flat_map(str::split_whitespace) {
            let number = number
                .parse()
                .map_err(|_| anyhow::anyhow!("{number}: the archive's articles have numbers"))?;
            told.push(Told { article: Some(number), ..Told::default() });
        }
        let mut all = Vec::new();
        for text in self.all("text") {
            // As a file of text is: its first line can be the headline.
            let bytes = text.replace("\r\n", "\n").into_bytes();
            all.push((input::Brief::given("pasted.txt", bytes, &desk.intake)?.article, "pasted text"));
        }
        for (_, name, bytes) in &self.files {
            all.push((input::Brief::given(name, bytes.to_vec(), &desk.intake)?.article, name));
        }
        let is_one = all.len() == 1 && told.is_empty();
        let mut all = all
            .into_iter()
            .map(|(mut article, name)| {
                if is_one {
                    let given = |name: &str| self.get(name).map(str::to_owned);
                    article.title = given("title").or(article.title);
                    article.outlet = given("outlet").or(article.outlet);
                    article.published = given("published").or(article.published);
                }
                desk.read_as(article, name)
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        if !told.is_empty() || all.is_empty() {
            all.extend(desk.all(&told)?);
        }
        Ok(all)
    }
}
