//! Can everybody read the page's colours, on light and on dark?

use std::collections::HashMap;

const STYLE: &str = include_str!("../../src/html/page.css");
/// The colours of a check's page, which stand beside those of the other.
const CHECK: &str = include_str!("../../src/check/page.css");

/// Text and what it stands on, wherever the style puts the one on the other.
const TEXT: &[(&str, &str)] = &[
    ("ink", "paper"),
    ("ink", "panel"),
    ("soft", "paper"),
    ("soft", "panel"),
    ("source", "paper"),
    ("source", "panel"),
    ("source", "wash"),
    ("source", "wash-deep"),
    ("source", "lit"),
    ("source", "lit-source"),
    ("source", "lit-cue"),
    ("cue", "paper"),
    ("cue", "panel"),
    ("cue", "wash"),
    ("cue", "wash-deep"),
    ("cue", "lit"),
    ("cue", "lit-source"),
    ("cue", "lit-cue"),
    ("ink", "wash"),
    ("ink", "wash-deep"),
    ("ink", "lit"),
];

/// The same of a check's page.
const CHECK_TEXT: &[(&str, &str)] = &[
    ("ink", "error-wash"),
    ("ink", "warning-wash"),
    ("ink", "proof-wash"),
    ("error", "panel"),
    ("error", "error-wash"),
    ("warning", "panel"),
    ("source", "proof-wash"),
    ("soft", "panel"),
    ("ink", "lit"),
];

/// Signs that tell something without words.
const SIGNS: &[(&str, &str)] = &[("focus", "paper"), ("focus", "panel"), ("soft", "line")];

/// The colours of a block of `--name: #rrggbb;`, from the block's first line on.
fn colours(style: &'static str, block: &str) -> HashMap<&'static str, [f64; 3]> {
    let colour = |line: &'static str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let value = u32::from_str_radix(value.strip_suffix(';')?, 16).ok()?;
        Some((name, [value >> 16, value >> 8, value].map(|part| f64::from(part & 0xff))))
    };
    let start = style.find(block).expect("the style has the block");
    let end = style[start..].find('}').expect("the block ends");
    style[start..][..end].lines().filter_map(colour).collect()
}

/// Relative luminance, as WCAG 2.2 defines it.
#[expect(clippy::disallowed_methods, reason = "held to a bound, no output")]
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn check(block: &str, own: Option<&str>, pairs: &[(&str, &str)], least: f64) {
    let mut colours = colours(STYLE, block);
    colours.extend(own.into_iter().flat_map(|own| self::colours(CHECK, own)));
    for (front, back) in pairs {
        let (a, b) = (luminance(colours[front]), luminance(colours[back]));
        let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
        assert!(ratio >= least, "{front} on {back} has {ratio:.2} in {block}");
    }
}

const LIGHT: &str = ":root {\n  --paper";
const DARK: &str = ":root {\n    --paper: #16";

#[test]
fn text_has_the_contrast_of_wcag_aa() {
    check(LIGHT, None, TEXT, 4.5);
    check(DARK, None, TEXT, 4.5);
}

#[test]
fn the_page_of_a_check_has_it_too() {
    let [light, dark] = [":root {\n  --error", ":root {\n    --error: #ff"];
    check(LIGHT, Some(light), CHECK_TEXT, 4.5);
    check(DARK, Some(dark), CHECK_TEXT, 4.5);
    let signs = [("error", "paper"), ("warning", "paper"), ("source", "paper")];
    check(LIGHT, Some(light), &signs, 3.0);
    check(DARK, Some(dark), &signs, 3.0);
}

#[test]
fn signs_have_the_contrast_of_wcag_aa() {
    check(LIGHT, None, SIGNS, 3.0);
    check(DARK, None, SIGNS, 3.0);
}

#[test]
fn black_on_white_is_twenty_one() {
    assert!((luminance([255.0; 3]) + 0.05) / (luminance([0.0; 3]) + 0.05) > 20.99);
}
