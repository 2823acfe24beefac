//! What is read of a checked workspace, which may be anyone's: regular files of a bounded
//! size that lie where the workspace may lead.
//!
//! A link or a `#[path]` can lead to a device that never ends, to a pipe that never
//! begins, or to a secret that a report would then show. None of that is read.

mod boundary;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};

use camino::Utf8Path;
use thiserror::Error;

pub use boundary::Boundary;

/// The largest file that is read, in bytes: about twice the largest Rust file that is
/// published, which a generator wrote.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// Why a file is not read.
#[derive(Debug, Error)]
pub enum Unread {
    /// There is none.
    #[error("does not exist")]
    Missing,
    /// It is a folder, a device or a pipe.
    #[error("is not a regular file")]
    NotRegular,
    /// It lies elsewhere, perhaps behind a link.
    #[error("lies outside of the repository")]
    Outside,
    /// It is too large.
    #[error("is larger than {} MiB", LARGEST / 1024 / 1024)]
    TooLarge,
    /// It is no UTF-8.
    #[error("is not UTF-8")]
    NotText,
    /// The system does not let it be read.
    #[error("cannot be read: {0}")]
    Refused(io::Error),
}

impl Unread {
    /// As an error of input and output, for messages that have one as their cause.
    #[must_use]
    pub fn into_io(self) -> io::Error {
        match self {
            Self::Refused(error) => error,
            Self::Missing => io::Error::new(ErrorKind::NotFound, "it does not exist"),
            other => io::Error::new(ErrorKind::InvalidData, format!("it {other}")),
        }
    }
}

/// Reads a regular file that lies within `boundary`.
///
/// # Errors
///
/// When it is not read.
pub fn read(path: &Utf8Path, boundary: &Boundary) -> Result<Vec<u8>, Unread> {
    let size = regular(path)?;
    if !boundary.holds(path) {
        return Err(Unread::Outside);
    }
    bytes(path, size)
}

/// Reads a regular file as text, wherever it lies: one of which nothing is shown.
///
/// # Errors
///
/// When it is not read.
pub fn read_text_anywhere(path: &Utf8Path) -> Result<String, Unread> {
    let size = regular(path)?;
    text(bytes(path, size)?)
}

/// Reads as text what the user has named on the command line: wherever it lies, and also a
/// pipe.
///
/// # Errors
///
/// When it is not read.
pub fn read_named(path: &Utf8Path) -> Result<String, Unread> {
    text(bytes(path, 0)?)
}

/// Reads a regular file that lies within `boundary` as text.
///
/// # Errors
///
/// When it is not read.
pub fn read_text(path: &Utf8Path, boundary: &Boundary) -> Result<String, Unread> {
    text(read(path, boundary)?)
}

/// The size of a regular file of bounded size, links followed.
fn regular(path: &Utf8Path) -> Result<u64, Unread> {
    let metadata = fs::metadata(path).map_err(unread)?;
    match metadata.len() {
        _ if !metadata.is_file() => Err(Unread::NotRegular),
        size if size > LARGEST => Err(Unread::TooLarge),
        size => Ok(size),
    }
}

fn bytes(path: &Utf8Path, size: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // Files that the system makes up as they are read have no size beforehand.
    File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(unread)?;
    if bytes.len() as u64 > LARGEST { Err(Unread::TooLarge) } else { Ok(bytes) }
}

fn text(bytes: Vec<u8>) -> Result<String, Unread> {
    String::from_utf8(bytes).map_err(|_| Unread::NotText)
}

fn unread(error: io::Error) -> Unread {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Unread::Missing,
        _ => Unread::Refused(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_regular_files_within_bounds_are_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs::create_dir(root.join("own")).expect("made");
        fs::write(root.join("own/a.rs"), "a").expect("written");
        fs::write(root.join("secret"), "s").expect("written");
        fs::write(root.join("own/odd"), b"\xff").expect("written");
        File::create(root.join("own/huge"))
            .and_then(|file| file.set_len(LARGEST + 1))
            .expect("made");
        let boundary = Boundary::of([root.join("own").as_path()]);
        let read = |path: &str| match read_text(&root.join(path), &boundary) {
            Ok(text) => text,
            Err(why) => why.to_string(),
        };
        assert_eq!(read("own/a.rs"), "a");
        assert_eq!(read("own/none.rs"), "does not exist");
        assert_eq!(read("own/a.rs/b.rs"), "does not exist");
        assert_eq!(read("own"), "is not a regular file");
        assert_eq!(read("own/../secret"), "lies outside of the repository");
        assert_eq!(read("own/odd"), "is not UTF-8");
        assert_eq!(read("own/huge"), "is larger than 16 MiB");
        assert_eq!(read_text_anywhere(&root.join("secret")).expect("a file"), "s");
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_nowhere_else() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
        fs::create_dir_all(root.join("own/b")).expect("made");
        fs::write(root.join("secret"), "s").expect("written");
        fs::write(root.join("own/b/c.rs"), "c").expect("written");
        symlink(root.join("own"), root.join("alias")).expect("linked");
        for (to, from) in [
            ("../secret", "out"),
            ("/dev/zero", "zero"),
            ("loop", "loop"),
            ("b", "in"),
            ("..", "up"),
        ] {
            symlink(to, root.join("own").join(from)).expect("linked");
        }
        // The boundary may itself be reached by a link.
        let boundary = Boundary::of([root.join("alias").as_path()]);
        let read = |path: &str| read(&root.join("own").join(path), &boundary);
        assert_eq!(read("in/c.rs").expect("read"), b"c");
        assert!(matches!(read("out"), Err(Unread::Outside)));
        assert!(matches!(read("up/secret"), Err(Unread::Outside)));
        assert!(matches!(read("zero"), Err(Unread::NotRegular)));
        assert!(matches!(read("loop"), Err(Unread::Refused(_))));
    }
}
