//! Which quotation marks open, which close, and which are apostrophes?

use crate::Span;

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Begins a quotation.
    Open,
    /// Ends one; without a partner when nothing was open.
    Close,
    /// Part of a word ("don't", "workers'", "'90s").
    Apostrophe,
    /// Inches, seconds, or a mark in a place where it can mean nothing.
    Stray,
}

/// Marks pair within a family; guillemets never pair with commas on high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// `"` “ ” „ ‟ and the doubled forms of typewriters.
    Double,
    /// `'` ‘ ’ ‚ ‛ and the grave accent.
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    SingleGuillemet,
}

/// One mark of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    /// One character, or two for the doubled typewriter forms.
    pub(crate) span: Span,
    pub(crate) family: Family,
    pub(crate) role: Role,
    /// The other end, as an index into the paragraph's marks.
    pub(crate) partner: Option<usize>,
    sign: char,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    /// Its neighbours allow it to begin a quotation.
    fn may_open(&self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace())
            && self.before.is_none_or(|c| c.is_whitespace() || "([{—–-―/=\u{200b}".contains(c))
    }

    /// Its neighbours allow it to end one.
    fn may_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
            && self.after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-―/…*\u{200b}".contains(c))
    }

    fn follows_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric) && !self.after.is_some_and(char::is_alphanumeric)
    }

    fn opens_only(&self) -> bool {
        self.may_open() && !self.may_close()
    }

    fn closes_only(&self) -> bool {
        self.may_close() && !self.may_open()
    }
}

/// True for every character that can be a quotation mark.
pub(crate) fn is_mark(c: char) -> bool {
    family(c).is_some()
}

fn family(c: char) -> Option<Family> {
    Some(match c {
        '"' | '“' | '”' | '„' | '‟' | '＂' => Family::Double,
        '\'' | '‘' | '’' | '‚' | '‛' | '`' => Family::Single,
        '«' | '»' => Family::Guillemet,
        '‹' | '›' => Family::SingleGuillemet,
        _ => return None,
    })
}

/// Reads the marks of one paragraph and pairs them. Linear in its length.
pub(crate) fn read(text: &str, paragraph: Span) -> Vec<Mark> {
    let marks = collect(text, paragraph);
    let mut pairing = Pairing {
        next_single: next_single(&marks),
        marks,
        open: Vec::new(),
        open_of: Default::default(),
        text,
        end: paragraph.end,
    };
    for at in 0..pairing.marks.len() {
        pairing.decide(at);
    }
    for at in std::mem::take(&mut pairing.open) {
        pairing.abandon(at);
    }
    pairing.marks
}

fn collect(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let (mut before, mut waits) = (None, false);
    let mut chars = paragraph.of(text).char_indices().peekable();
    while let Some((at, sign)) = chars.next() {
        if let Some(mut family) = family(sign) {
            let start = paragraph.start + at;
            let mut end = start + sign.len_utf8();
            // Two single marks are one double mark, except where ‘ still waits for ’.
            let doubles = match sign {
                '\'' | '`' | '‘' => true,
                '’' => !waits,
                _ => false,
            };
            if doubles && chars.next_if(|&(_, next)| next == sign).is_some() {
                family = Family::Double;
                end += sign.len_utf8();
            } else if sign == '‘' {
                waits = true;
            } else if sign == '’' && !chars.peek().is_some_and(|(_, next)| next.is_alphanumeric()) {
                waits = false;
            }
            let span = Span { start, end };
            let role = Role::Stray;
            marks.push(Mark { span, family, role, partner: None, sign, before, after: None });
        }
        before = Some(sign);
    }
    // What follows a run of marks counts for each of them: “‘Yes’” has a letter after
    // both openers. Backwards, so that a long run is read once.
    for at in (0..marks.len()).rev() {
        let end = marks[at].span.end;
        marks[at].after = match marks.get(at + 1) {
            Some(next) if next.span.start == end => next.after,
            _ => text[end..paragraph.end].chars().next(),
        };
    }
    marks
}

/// What [`Pairing::next_single`] answers, looked up once for all, backwards.
fn next_single(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut found = vec![None; marks.len()];
    let mut next = None;
    for (at, mark) in marks.iter().enumerate().rev() {
        found[at] = next;
        if mark.family == Family::Single && (mark.may_open() || mark.may_close()) {
            next = Some(at);
        }
    }
    found
}

struct Pairing<'a> {
    marks: Vec<Mark>,
    // Openers that wait for their closing mark, outermost first.
    open: Vec<usize>,
    // The same by family, so that a search among them takes no time.
    open_of: [Vec<usize>; 4],
    // Behind each mark, the next single one that is not inside a word.
    next_single: Vec<Option<usize>>,
    text: &'a str,
    end: usize,
}

impl Pairing<'_> {
    fn decide(&mut self, at: usize) {
        self.look_behind(at);
        match self.marks[at].family {
            Family::Double => self.decide_double(at),
            Family::Single => self.decide_single(at),
            Family::Guillemet | Family::SingleGuillemet => self.decide_guillemet(at),
        }
    }

    /// A mark right behind another takes that one's place in the line: after an
    /// opener it stands at the start, after a closer it stands at the end.
    fn look_behind(&mut self, at: usize) {
        let Some(last) = at.checked_sub(1).map(|last| self.marks[last]) else {
            return;
        };
        if last.span.end == self.marks[at].span.start {
            self.marks[at].before = match last.role {
                Role::Open => None,
                Role::Close => Some(last.before.filter(|c| !c.is_whitespace()).unwrap_or('.')),
                Role::Apostrophe | Role::Stray => last.before,
            };
        }
    }

    fn decide_double(&mut self, at: usize) {
        let mark = self.marks[at];
        let opener = self.opener(Family::Double).map(|opener| self.marks[opener].sign);
        let role = match (mark.sign, opener) {
            ('„' | '‟' | '`' | '‘', _) => Role::Open,
            // German sets „so“, so the same sign can end what another began.
            ('“', Some('„')) if !mark.opens_only() => Role::Close,
            ('“', Some(_)) if mark.closes_only() || mark.follows_word() => Role::Close,
            ('“', _) => Role::Open,
            // Swedish and Finnish set ”so”; slips of typesetting do too.
            ('”', None) if mark.opens_only() => Role::Open,
            ('”' | '’', _) => Role::Close,
            (_, Some(_)) if self.is_inches(at) => Role::Stray,
            (_, Some(_)) if mark.opens_only() => Role::Open,
            (_, Some(_)) => Role::Close,
            (_, None) if mark.closes_only() => Role::Close,
            (_, None) if mark.after.is_none() => Role::Stray,
            (_, None) => Role::Open,
        };
        self.settle(at, role);
    }

    fn decide_guillemet(&mut self, at: usize) {
        let mark = self.marks[at];
        let opener = self.opener(mark.family).map(|opener| self.marks[opener].sign);
        let role = match (mark.sign, opener) {
            ('«', Some('»')) | ('‹', Some('›')) => Role::Close,
            ('«' | '‹', _) => Role::Open,
            (_, Some(_)) => Role::Close,
            (_, None) if mark.opens_only() => Role::Open,
            (_, None) if mark.closes_only() => Role::Close,
            // "Home » World"
            (_, None) => Role::Stray,
        };
        self.settle(at, role);
    }

    fn decide_single(&mut self, at: usize) {
        let mark = self.marks[at];
        let inside_word = mark.before.is_some_and(char::is_alphanumeric)
            && self.text[mark.span.end..self.end].chars().next().is_some_and(char::is_alphanumeric);
        let waits = self.open.last().is_some_and(|&opener| self.marks[opener].family == Family::Single);
        let role = if inside_word || mark.may_open() && self.is_elision(mark.span.end) {
            Role::Apostrophe
        } else {
            match mark.sign {
                '‚' | '‛' | '`' if mark.opens_only() => Role::Open,
                '‚' | '‛' | '`' => Role::Stray,
                '‘' if waits && mark.closes_only() => Role::Close,
                '‘' if !mark.follows_word() => Role::Open,
                '‘' => Role::Apostrophe,
                _ if mark.opens_only() => self.open_single(at),
                _ if waits && mark.may_close() && !self.is_possessive(at) => Role::Close,
                _ => Role::Apostrophe,
            }
        };
        self.settle(at, role);
    }

    /// ’ opens only where the next single mark closes what it opened (’so’).
    fn open_single(&self, at: usize) -> Role {
        let closes = |mark: &Mark| mark.sign == '’' && mark.closes_only();
        let opens = self.marks[at].sign != '’' || self.next_single(at).is_some_and(closes);
        if opens { Role::Open } else { Role::Apostrophe }
    }

    /// The next single mark that is not inside a word, as its neighbours stood before
    /// anything was decided.
    fn next_single(&self, at: usize) -> Option<&Mark> {
        self.next_single[at].map(|next| &self.marks[next])
    }

    /// "the workers' rights" inside single marks: letters on both sides of a space, and
    /// a further mark that can close before another opens.
    fn is_possessive(&self, at: usize) -> bool {
        let mark = self.marks[at];
        let weak = mark.before.is_some_and(|c| matches!(c, 's' | 'n' | 'x' | 'z' | '0'..='9'))
            && mark.after.is_some_and(char::is_whitespace);
        weak && self.next_single(at).is_some_and(Mark::closes_only)
    }

    /// `5'10"` or `a 6" pipe` inside a quotation that closes later.
    fn is_inches(&self, at: usize) -> bool {
        let mark = self.marks[at];
        if !(mark.before.is_some_and(|c| c.is_ascii_digit()) && mark.may_close()) {
            return false;
        }
        let feet = at.checked_sub(1).map(|last| self.marks[last]).is_some_and(|last| {
            last.role == Role::Apostrophe && {
                let inches = &self.text[last.span.end..mark.span.start];
                inches.len() <= 2 && inches.bytes().all(|b| b.is_ascii_digit())
            }
        });
        let next = || self.marks[at + 1..].iter().find(|mark| mark.family == Family::Double);
        feet || next().is_some_and(Mark::closes_only)
    }

    /// Words that begin with an apostrophe: '90s, 'em.
    fn is_elision(&self, from: usize) -> bool {
        let rest = &self.text[from..self.end];
        let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
        let decade = word.len() >= 2
            && word.bytes().take(2).all(|b| b.is_ascii_digit())
            && matches!(&word[2..], "" | "s" | "ers");
        decade || ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
    }

    fn opener(&self, family: Family) -> Option<usize> {
        self.open_of[family as usize].last().copied()
    }

    fn settle(&mut self, at: usize, role: Role) {
        self.marks[at].role = role;
        match role {
            Role::Open => {
                self.open.push(at);
                self.open_of[self.marks[at].family as usize].push(at);
            }
            Role::Close => self.close(at),
            Role::Apostrophe | Role::Stray => {}
        }
    }

    fn close(&mut self, at: usize) {
        if self.opener(self.marks[at].family).is_none() {
            return;
        }
        while let Some(opener) = self.open.pop() {
            self.open_of[self.marks[opener].family as usize].pop();
            if self.marks[opener].family == self.marks[at].family {
                self.marks[opener].partner = Some(at);
                self.marks[at].partner = Some(opener);
                return;
            }
            self.abandon(opener);
        }
    }

    /// A straight single mark that nothing closes was an apostrophe after all, except
    /// at the start of a paragraph, where the quotation may run on into the next.
    fn abandon(&mut self, at: usize) {
        let first = at == 0 && self.marks[at].before.is_none();
        let mark = &mut self.marks[at];
        if mark.family == Family::Single && mark.sign != '‘' && !first {
            mark.role = Role::Apostrophe;
        }
    }
}

const ELISIONS: &[&str] = &[
    "em", "til", "tis", "twas", "cause", "cuz", "n", "round", "bout", "nuff", "neath", "tween", "er", "kay",
    "ello", "ol", "ole", "fore", "nother", "twill", "twere", "tude", "hood", "sup",
];
