//! All end-to-end tests in one program, a module a topic. Each test is named after the rule that it holds.

mod log_in;
