//! Which words tell what is in a picture, where no `<figcaption>` says so?

use dom_query::{Document, NodeRef};

use super::metadata::first_words;
use super::weights::Weights;
use crate::ingest::same_words;

/// Takes out short elements that name themselves a caption or a credit and stand with a
/// picture. Frames named after captions may hold a whole article, so the name alone says
/// nothing.
pub(super) fn prune(page: &Document, weights: &Weights) {
    let named = page
        .select("div[class], p[class], span[class], small[class], em[class], cite[class], figcaption[class]");
    for node in named.nodes() {
        let class = node.attr("class").unwrap_or_default();
        if !words(&class).any(|word| matches!(&*word, "caption" | "credit" | "credits" | "captions")) {
            continue;
        }
        let weight = weights.get(node);
        let short = weight.letters <= LONGEST && weight.paragraphs <= 1 && weight.quotes == 0;
        let pictured = || words(&class).any(|word| matches!(&*word, "image" | "img" | "photo" | "picture"));
        if short && (pictured() || beside_picture(node, weights)) {
            node.remove_from_parent();
        }
    }
    for picture in page.select("img[alt]").nodes() {
        if let Some(alt) = picture.attr("alt").filter(|alt| alt.len() <= LONGEST) {
            prune_repetition(picture, &alt, weights);
        }
    }
}

/// A caption may have no name, but say once more what the picture's own text says.
fn prune_repetition(picture: &NodeRef<'_>, alt: &str, weights: &Weights) {
    let mut around = Some(*picture);
    for _ in 0..FRAMES {
        let Some(frame) = around else { return };
        let mut below = frame.next_element_sibling();
        if let Some(line_break) = below.filter(|node| node.has_name("br")) {
            below = line_break.next_element_sibling();
        }
        let below = below.filter(|node| weights.get(node).letters <= LONGEST && !is_heading(node));
        let repeats = |node: &NodeRef<'_>| first_words(node).is_some_and(|words| same_words(&words, alt));
        if let Some(below) = below.filter(repeats) {
            below.remove_from_parent();
            return;
        }
        around = frame.parent();
    }
}

/// A picture stands in a link, a `<picture>` and a paragraph.
const FRAMES: usize = 4;

fn is_heading(node: &NodeRef<'_>) -> bool {
    ["h1", "h2", "h3", "h4", "h5", "h6"].iter().any(|name| node.has_name(name))
}

/// In letters.
const LONGEST: usize = 400;

/// One of the two frames around an element holds a picture, and no other words to speak of.
fn beside_picture(node: &NodeRef<'_>, weights: &Weights) -> bool {
    let own = weights.get(node);
    node.ancestors(Some(2)).iter().any(|frame| {
        let frame = weights.get(frame);
        frame.pictures > own.pictures
            && frame.letters <= own.letters + LABEL
            && frame.paragraphs <= own.paragraphs + 1
    })
}

/// In letters: a photographer's name, or the label of a button.
const LABEL: usize = 60;

/// The words of a class: "InlineImage-imageCaption" is inline, image, image, caption.
fn words(class: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::with_capacity(class.len() + 8);
    let mut after_small = false;
    for c in class.chars() {
        if !c.is_ascii_alphanumeric() || after_small && c.is_ascii_uppercase() {
            spaced.push(' ');
        }
        after_small = c.is_ascii_lowercase();
        spaced.extend(c.is_ascii_alphanumeric().then_some(c.to_ascii_lowercase()));
    }
    spaced.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}
