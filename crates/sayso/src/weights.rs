//! Which weights does the program carry?

use std::borrow::Cow;

/// The weights file in `models/`, as part of the program.
static EMBEDDED: &[u8] = include_bytes!("../../../models/tagger.safetensors");

/// The bytes of the weights file that the program carries.
pub(crate) fn embedded() -> Cow<'static, [u8]> {
    Cow::Borrowed(EMBEDDED)
}
