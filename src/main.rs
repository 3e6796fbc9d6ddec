//! The `latchkey` command.

/// Cases are made on one thread and dropped on another, which glibc's allocator does slowly (measured).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    latchkey::run()
}
