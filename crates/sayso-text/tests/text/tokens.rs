//! Where do words begin and end?

use crate::document;

/// `expected` has one space between tokens, whatever stands there in the text.
#[track_caller]
fn check(text: &str, expected: &str) {
    let doc = document(text);
    let tokens: Vec<_> = doc.tokens.iter().map(|token| token.span.of(text)).collect();
    assert_eq!(tokens.join(" "), expected);
}

#[test]
fn words_and_marks() {
    check("Rain fell, then snow.", "Rain fell , then snow .");
    check("(Rain; snow: hail!)", "( Rain ; snow : hail ! )");
    check("a five-hour, state-of-the-art talk", "a five-hour , state-of-the-art talk");
    check("rain—snow -- hail – sun", "rain — snow -- hail – sun");
    check("Wait... no… really?!", "Wait ... no … really ? !");
    check("AT&T and/or Élysée", "AT&T and / or Élysée");
}

#[test]
fn contractions() {
    check("They don't; he’ll, I'm, we’ve, she'd.", "They do n't ; he ’ll , I 'm , we ’ve , she 'd .");
    check("Putin’s and Lee's, CAN'T", "Putin ’s and Lee 's , CA N'T");
    check("O'Brien at five o’clock in Xi'an", "O'Brien at five o’clock in Xi'an");
    check("the workers' rights", "the workers ' rights");
    check("the ’90s, the '60s, give 'em rock 'n' roll", "the ’90s , the '60s , give 'em rock 'n ' roll");
}

#[test]
fn abbreviations() {
    check("The U.S. Senate met on Nov. 3.", "The U.S. Senate met on Nov. 3 .");
    check("Mr. J. Smith of Acme Inc. left.", "Mr. J. Smith of Acme Inc. left .");
    check("at 9 a.m. in Washington, D.C.", "at 9 a.m. in Washington , D.C.");
    check("It was plan B.", "It was plan B .");
    check("No. 5 said no.", "No. 5 said no .");
    check("G.K. Butterfield (D-N.C.) spoke.", "G.K. Butterfield ( D-N.C. ) spoke .");
}

#[test]
fn numbers() {
    check("$1,000 or 3.5% of £20m at 4:30", "$ 1,000 or 3.5 % of £ 20m at 4:30");
    check("the 1990s, 20th, 9/11, 5-4, 2015–16", "the 1990s , 20th , 9/11 , 5-4 , 2015 – 16");
    check("5'10\" tall", "5 ' 10 \" tall");
}

#[test]
fn quotation_marks() {
    check("“Yes,” ‘no’ \"so\" «si» „ja“", "“ Yes , ” ‘ no ’ \" so \" « si » „ ja “");
    check("``Yes,'' he said. ''No.''", "`` Yes , '' he said . '' No . ''");
    check("'Yes', he said", "' Yes ' , he said");
    check("“‘Go,’ he said.”", "“ ‘ Go , ’ he said . ”");
}

#[test]
fn addresses() {
    check(
        "See https://example.org/a?b=c, or www.example.org.",
        "See https://example.org/a?b=c , or www.example.org .",
    );
    check("Write to ann.lee@example.org.", "Write to ann.lee@example.org .");
    check("@ann on #rain at salon.com", "@ann on #rain at salon.com");
    check("It failed.The court agreed", "It failed . The court agreed");
}
