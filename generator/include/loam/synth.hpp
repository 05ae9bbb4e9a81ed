#pragma once

#include <loam/construct.hpp>

namespace loam {

/// Settings that the build of a stack program knows; the default is right everywhere.
struct SynthOptions {
    /// Folder with the bundled functions, `<name>/bootstrap` for x86_64 and
    /// `arm64/<name>/bootstrap`.
#ifdef LOAM_FUNCTIONS_DIRECTORY
    const char* functionsDirectory = LOAM_FUNCTIONS_DIRECTORY;
#else
    const char* functionsDirectory = "";
#endif
};

/// The command line of every stack program; call it last in `main`:
///
///     return synth(app, argc, argv);
///
///     PROGRAM synth [STACK...] [--target cloudformation|terraform|all] [--format json|yaml] [--out
///     DIR] PROGRAM list PROGRAM --help | --version
///
/// Without a command it synthesizes. Bundled functions are looked for in the folder that the
/// environment variable LOAM_FUNCTIONS names, then in `options.functionsDirectory`, then beside the
/// program
/// (`../functions`, `../lib/loam/functions`).
///
/// Output, in `loam.out` by default: `<Stack>.template.json|yaml`,
/// `terraform/<Stack>/main.tf.json`, `assets/<sha256>.zip`, `manifest.json`, `tree.json`. Files are
/// replaced one by one, each at once, and only when the whole synthesis succeeded. Returns 0; 1 if
/// something is wrong with the stack or the output cannot be written; 2 if the command line is.
/// Never throws. Mistakes that already end `main` before this call, such as a duplicate id, are
/// printed the same way and exit with 1.
int synth(App& app, int argc, char** argv, const SynthOptions& options = {});

}  // namespace loam
