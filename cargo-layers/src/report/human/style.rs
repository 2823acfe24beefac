//! Colours of the report for people.

use anstyle::{AnsiColor, Effects};
use layers_rules::finding::Severity;
use miette::ThemeStyles;

/// Whether the report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// With ANSI escape sequences.
    Coloured,
    /// Without.
    Plain,
}

impl Style {
    fn when_coloured(self, style: anstyle::Style) -> anstyle::Style {
        match self {
            Self::Coloured => style,
            Self::Plain => anstyle::Style::new(),
        }
    }

    pub(crate) fn severity(self, severity: Severity) -> anstyle::Style {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warn => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        self.when_coloured(colour.on_default().effects(Effects::BOLD))
    }

    pub(crate) fn bold(self) -> anstyle::Style {
        self.when_coloured(anstyle::Style::new().bold())
    }

    pub(crate) fn dim(self) -> anstyle::Style {
        self.when_coloured(anstyle::Style::new().dimmed())
    }

    pub(crate) fn link(self) -> anstyle::Style {
        self.when_coloured(AnsiColor::Cyan.on_default())
    }

    pub(crate) fn note(self) -> anstyle::Style {
        self.when_coloured(AnsiColor::Green.on_default().effects(Effects::BOLD))
    }

    /// Colours of the frame around source code.
    pub(crate) fn snippet_styles(self) -> ThemeStyles {
        match self {
            Self::Coloured => ThemeStyles::ansi(),
            Self::Plain => ThemeStyles::none(),
        }
    }
}
