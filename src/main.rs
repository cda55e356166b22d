//! The command `skillmix`: its subcommands are the files of [`skillmix::cli`].

fn main() -> std::process::ExitCode {
    skillmix::cli::main()
}
