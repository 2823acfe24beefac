//! The options that say which conditional code counts.

use clap::Args;

use crate::configuration::{Configuration, ConfigurationError, FeatureChoice};
use crate::workspace::Workspace;

/// Which conditional code counts; without any of these, code under every condition does.
#[derive(Debug, Args)]
#[command(next_help_heading = "Conditional code (without any of these, all of it counts)")]
pub(super) struct ConditionArgs {
    /// Leave out code that is not compiled for this target
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,

    /// Leave out code that is not compiled with these features and the default ones;
    /// separated by commas or spaces, `package/feature` for one package
    #[arg(short = 'F', long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,

    /// Leave out code that is not compiled with every feature
    #[arg(long)]
    all_features: bool,

    /// Leave out code that is not compiled without the default features
    #[arg(long)]
    no_default_features: bool,
}

impl ConditionArgs {
    pub(super) fn configuration(
        &self,
        workspace: &Workspace,
    ) -> Result<Configuration, ConfigurationError> {
        let named: Vec<String> = self
            .features
            .iter()
            .flat_map(|features| features.split_whitespace())
            .map(str::to_owned)
            .collect();
        let choice =
            FeatureChoice { named, all: self.all_features, no_default: self.no_default_features };
        let chosen = (choice != FeatureChoice::default()).then_some(&choice);
        Configuration::new(workspace, self.target.as_deref(), chosen)
    }
}
