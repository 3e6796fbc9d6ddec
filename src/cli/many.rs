//! Acts on several tickets: a result for each, and the worst of their exit codes.

use serde_json::{Value, json};

use super::Done;
use super::output::{Cli, failure_json};
use crate::desk::{Desk, Failure};

/// Does one act on each ticket named. For one ticket the answer is its document; for several it is a list
/// of `{"ticket", "ok", …}`, in which a ticket that was refused has an `error` and the others go on.
pub fn each(
    cli: &Cli,
    tickets: &[String],
    mut act: impl FnMut(&mut Desk, &str) -> Result<Value, Failure>,
    human: impl Fn(&Desk, &Value) -> String,
) -> Result<Done, Failure> {
    let mut desk = cli.desk()?;
    if let [one] = tickets {
        let answer = act(&mut desk, one)?;
        cli.answer(&answer, |answer| human(&desk, answer))?;
        return Ok(Done::Code(0));
    }
    let (mut results, mut worst) = (Vec::with_capacity(tickets.len()), 0);
    for name in tickets {
        match act(&mut desk, name) {
            Ok(answer) if cli.global.json => results.push(with_ok(answer, name)),
            Ok(answer) => cli.text(&human(&desk, &answer))?,
            Err(failure) => {
                worst = worst.max(failure.kind.exit_code());
                if cli.global.json {
                    results.push(json!({ "ticket": name, "ok": false, "error": failure_json(&failure) }));
                } else {
                    let place = failure.place.as_ref().map_or(name.clone(), |p| format!("{name}, {p}"));
                    cli.failure(&failure.at(place));
                }
            }
        }
    }
    if cli.global.json {
        cli.json(&results)?;
    }
    Ok(Done::Code(worst))
}

fn with_ok(answer: Value, name: &str) -> Value {
    let mut result = json!({ "ticket": name, "ok": true });
    if let (Value::Object(result), Value::Object(answer)) = (&mut result, answer) {
        result.extend(answer);
    }
    result
}
