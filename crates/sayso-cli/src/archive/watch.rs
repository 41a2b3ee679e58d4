//! `sayso watch`: what do feeds bring that isn't in the archive yet?

use std::ffi::{OsStr, OsString};
use std::time::Duration;
use std::{fs, thread};

use anyhow::{Context, Error, Result, anyhow, bail, ensure};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use sayso_archive::{Archive, ErrorKind, Feed};

use super::add::{Round, now, tell};
use super::{path, with_folder};
use crate::args::{Args, WatchArgs};
use crate::input::{Inputs, Net, unreadable};
use crate::target::Target;
use crate::{Outcome, output, rules};

/// How long another program that writes is waited for between two rounds.
const LATER: Duration = Duration::from_secs(60);
/// Lines of a file that are told of, of those that are no address.
const MANY: usize = 5;
/// A feed that fails is asked less and less often, but once a day.
const SELDOM: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks feeds again and again for what is new.
pub(crate) fn watch(asked: &WatchArgs, args: &Args) -> Result<Outcome> {
    let path = path(&asked.archive)?;
    let feeds = feeds(&asked.feeds)?;
    with_folder(&asked.archive, &path)?;
    let mut archive = Archive::open(&path)?;
    let engine = rules::engine(asked.rules.as_deref())?;
    let net = Net::new(&asked.intake);
    loop {
        let visited = archive.visited()?;
        let wait = |url: &String| visited.feed(url).map_or(0, |feed| left(feed, asked, now()));
        let due: Vec<String> = feeds.iter().filter(|url| wait(url) == 0).cloned().collect();
        if asked.once && !due.is_empty() && due.len() < feeds.len() {
            let n = feeds.len() - due.len();
            output::note(args, &format!("{n} of {} feeds failed before and are asked later", feeds.len()));
        }
        if !due.is_empty() {
            let names: Vec<OsString> = due.iter().map(OsString::from).collect();
            let inputs = Inputs::gather(&names, &Target::of(Some(&path)))?;
            let round = Round {
                args,
                intake: &asked.intake,
                engine: &engine,
                net: &net,
                polled: &due,
                going: None,
                sent: None,
            };
            let came = round.taken_in(&mut archive, &inputs);
            // Another program writes for long; the next round finds what this one couldn't keep.
            let is_locked = |error: &Error| {
                error.downcast_ref::<sayso_archive::Error>().is_some_and(|e| e.kind() == ErrorKind::Locked)
            };
            if let Err(error) = &came
                && !asked.once
                && is_locked(error)
            {
                output::say(&format!("{error:#}"));
                thread::sleep(asked.every.min(LATER));
                continue;
            }
            let (counts, ran) = came?;
            tell(args, &archive, &counts, &path)?;
            if asked.once {
                return Ok(if ran.all_good { Outcome::Done } else { Outcome::Failed });
            }
        } else if asked.once {
            output::note(args, "no feed is to be asked yet");
            return Ok(Outcome::Done);
        }
        let visited = archive.visited()?;
        let next = feeds.iter().map(|url| visited.feed(url).map_or(0, |feed| left(feed, asked, now()))).min();
        thread::sleep(Duration::from_secs(next.unwrap_or(0).max(1)));
    }
}

/// Seconds until a feed is to be asked again. Somebody who asks for one round asks all but those that fail.
fn left(feed: &Feed, asked: &WatchArgs, now: i64) -> u64 {
    if asked.once && feed.failures == 0 {
        return 0;
    }
    let times = 2_u32.saturating_pow(feed.failures.min(16));
    let wait = asked.every.saturating_mul(times).min(SELDOM.max(asked.every));
    let next = feed.asked.saturating_add_unsigned(wait.as_secs());
    // A clock that was put back must not stop the watch.
    u64::try_from(next - now).unwrap_or(0).min(wait.as_secs())
}

/// The addresses that the user named, and those in the files that he named.
fn feeds(named: &[OsString]) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for one in named {
        let words = one.to_string_lossy();
        let found = if sayso_fetch::is_url(&words) { vec![words.into_owned()] } else { in_file(one)? };
        for url in found {
            if !all.contains(&url) {
                all.push(url);
            }
        }
    }
    Ok(all)
}

/// The feeds that a file lists.
fn in_file(named: &OsStr) -> Result<Vec<String>> {
    let name = || named.to_string_lossy().into_owned();
    let source = fs::read_to_string(named).map_err(|error| anyhow!("{}: {}", name(), unreadable(&error)))?;
    let found = if source.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        opml(&source).with_context(name)?
    } else {
        let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (urls, others): (Vec<&str>, Vec<&str>) = lines.partition(|line| sayso_fetch::is_url(line));
        for other in others.iter().take(MANY) {
            output::say(&output::plain_line(&format!("{}: {other} is no web address", name())));
        }
        urls.into_iter().map(str::to_owned).collect()
    };
    ensure!(
        !found.is_empty(),
        "{}: it names no feed; give OPML, as a feed reader exports it, or a file with an address a line",
        name()
    );
    Ok(found)
}

/// The addresses of OPML's outlines, in their order, however deep they stand.
fn opml(source: &str) -> Result<Vec<String>> {
    let mut reader = Reader::from_str(source);
    let mut found = Vec::new();
    let mut is_opml = false;
    loop {
        let tag = match reader.read_event().context("it is broken OPML")? {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => break,
            _ => continue,
        };
        let name = tag.local_name().into_inner().to_lowercase();
        is_opml |= name == "opml";
        if name != "outline" {
            continue;
        }
        for attribute in tag.attributes() {
            let attribute = attribute.context("it is broken OPML")?;
            if attribute.key.local_name().into_inner().eq_ignore_ascii_case("xmlurl") {
                let url = unescape(attribute.value.as_ref()).context("it is broken OPML")?;
                found.extend(Some(url.trim().to_owned()).filter(|url| sayso_fetch::is_url(url)));
            }
        }
    }
    if !is_opml {
        bail!("it is no OPML; a feed itself is given by its address");
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_feeds() {
        let source = "<?xml version='1.0'?><opml version='2.0'><body><outline text='News'>\
            <outline type='rss' text='Post' xmlUrl='http://a.example/feed?a=1&amp;b=2'/>\
            <outline text='none' xmlUrl='feed.xml'/></outline><outline xmlurl=' https://b.example/ '/></body></opml>";
        assert_eq!(opml(source).unwrap(), ["http://a.example/feed?a=1&b=2", "https://b.example/"]);
        assert!(opml("<rss/>").is_err() && opml("<opml><outline></opml>").is_err());
    }
}
