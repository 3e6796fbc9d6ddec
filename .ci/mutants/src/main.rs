//! Puts every mutant of `cargo mutants --list --json` into one copy of the sources, each behind `mutants::on(id)`
//! (mutant schemata): a crate that takes a minute to compile is compiled once, not once for each mutant.
//!
//! `mutants LIST TREE LEFT_OUT` changes the files under TREE in place and adds `src/mutants.rs`. LEFT_OUT holds ids, one a
//! line, that do not compile; ids that no rule below can express are printed, and left out, too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

use proc_macro2::{LineColumn, Span};
use serde_json::Value;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One mutant of the list.
struct Mutant {
    id: usize,
    genre: String,
    replacement: String,
    start: usize,
}

/// Byte offsets of lines, so that a line and column (in characters) become an offset.
struct Lines<'a>(&'a str, Vec<usize>);

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Lines(text, std::iter::once(0).chain(ends).collect())
    }

    fn offset(&self, at: LineColumn) -> usize {
        let start = self.1[at.line - 1];
        self.0[start..].char_indices().nth(at.column).map_or(self.0.len(), |(n, _)| start + n)
    }

    fn range(&self, span: Span) -> (usize, usize) {
        (self.offset(span.start()), self.offset(span.end()))
    }
}

type Range = (usize, usize);

/// What becomes of a stretch of the file.
enum Edit {
    /// Text put in.
    Put(String),
    /// `a op b`, its mutants by operator.
    Binary { left: Range, op: String, right: Range, by: Vec<(usize, String)> },
    /// `!a`, `-a`.
    Unary { op: String, of: Range, id: usize },
    /// A match guard: made true, made false, its arm deleted.
    Guard { yes: Option<usize>, no: Option<usize>, gone: Option<usize>, of: Range },
}

struct Finder<'a> {
    lines: &'a Lines<'a>,
    /// Mutants by where they start.
    at: BTreeMap<usize, Vec<&'a Mutant>>,
    edits: BTreeMap<Range, Edit>,
    used: BTreeSet<usize>,
}

impl Finder<'_> {
    fn take(&mut self, start: usize, genre: &str) -> Vec<(usize, String)> {
        let here = self.at.get(&start).into_iter().flatten().filter(|m| m.genre == genre);
        let found: Vec<_> = here.map(|m| (m.id, m.replacement.clone())).collect();
        self.used.extend(found.iter().map(|(id, _)| *id));
        found
    }

    fn body(&mut self, block: &syn::Block) {
        let Some(first) = block.stmts.first() else { return };
        let start = self.lines.offset(first.span().start());
        let put: String = self
            .take(start, "FnValue")
            .iter()
            .map(|(id, text)| format!("if crate::mutants::on({id}) {{ return {text}; }} "))
            .collect();
        if !put.is_empty() {
            self.edits.insert((start, start), Edit::Put(put));
        }
    }

    /// A function whose body asks a switch is no constant one.
    fn not_const(&mut self, sig: &syn::Signature, block: &syn::Block) {
        let Some(word) = sig.constness else { return };
        let (start, end) = self.lines.range(block.span());
        if self.at.range(start..end).next().is_some() {
            let (from, to) = self.lines.range(word.span());
            self.edits.insert((from, to), Edit::Put(String::new()));
        }
    }
}

fn has_let(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(b) => has_let(&b.left) || has_let(&b.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.not_const(&item.sig, &item.block);
        self.body(&item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.not_const(&item.sig, &item.block);
        self.body(&item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        let (start, end) = self.lines.range(expr.op.span());
        if !has_let(&expr.left) && !has_let(&expr.right) {
            let by = self.take(start, "BinaryOperator");
            if !by.is_empty() {
                let op = self.lines.0[start..end].to_owned();
                let (left, right) =
                    (self.lines.range(expr.left.span()), self.lines.range(expr.right.span()));
                self.edits.insert((left.0, right.1), Edit::Binary { left, op, right, by });
            }
        }
        visit::visit_expr_binary(self, expr);
    }

    fn visit_expr_unary(&mut self, expr: &'ast syn::ExprUnary) {
        let (start, end) = self.lines.range(expr.op.span());
        if let Some((id, _)) = self.take(start, "UnaryOperator").first() {
            let of = self.lines.range(expr.expr.span());
            let op = self.lines.0[start..end].to_owned();
            self.edits.insert((start, of.1), Edit::Unary { op, of, id: *id });
        }
        visit::visit_expr_unary(self, expr);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let start = self.lines.offset(arm.span().start());
        let guard = arm.guard.as_ref().map(|(_, g)| g);
        if guard.is_none_or(|g| !has_let(g)) {
            let gone = self.take(start, "MatchArm").first().map(|(id, _)| *id);
            if let Some(guard) = guard {
                let of = self.lines.range(guard.span());
                let by = self.take(of.0, "MatchArmGuard");
                let id = |word| by.iter().find(|(_, text)| text == word).map(|(id, _)| *id);
                let (yes, no) = (id("true"), id("false"));
                if yes.or(no).or(gone).is_some() {
                    // One byte wider than the guard, so that an operator that fills it is another edit.
                    self.edits.insert((of.0 - 1, of.1), Edit::Guard { yes, no, gone, of });
                }
            } else if let Some(id) = gone {
                let end = self.lines.offset(arm.pat.span().end());
                self.edits.insert((end, end), Edit::Put(format!(" if !crate::mutants::on({id})")));
            }
        }
        visit::visit_arm(self, arm);
    }
}

type Edits<'a> = [(&'a Range, &'a Edit)];

/// The text of a stretch with those of the edits that are within it. They stand by start: what is put in at a point before
/// what begins there, the wider before what is within.
fn render(text: &str, edits: &Edits<'_>, (from, to): Range) -> String {
    let mut out = String::new();
    let (mut at, mut next) = (from, 0);
    while let Some((range, edit)) = edits.get(next) {
        next += 1;
        if !within(**range, (at, to)) {
            continue;
        }
        let inner = &edits[next..];
        let inner = &inner[..inner.iter().take_while(|(r, _)| within(**r, **range)).count()];
        out.push_str(&text[at..range.0]);
        out.push_str(&changed(text, inner, edit));
        at = range.1;
        if range.0 < range.1 {
            next += inner.len();
        }
    }
    out.push_str(&text[at..to]);
    out
}

fn within(range: Range, outer: Range) -> bool {
    range.0 >= outer.0 && range.1 <= outer.1
}

fn changed(text: &str, inner: &Edits<'_>, edit: &Edit) -> String {
    let part = |of: &Range| render(text, inner, *of);
    match edit {
        Edit::Put(put) => put.clone(),
        Edit::Unary { op, of, id } => {
            let of = part(of);
            format!("(if crate::mutants::on({id}) {{ {of} }} else {{ {op}{of} }})")
        }
        // Written so that neither side stands twice: chains would double at every link.
        Edit::Binary { left, op, right, by } if op == "&&" || op == "||" => {
            let (id, sign) = (by[0].0, if op == "&&" { "!=" } else { "==" });
            let (left, right) = (part(left), part(right));
            format!("({{ let l__: bool = {left}; if l__ {sign} crate::mutants::on({id}) {{ {right} }} else {{ l__ }} }})")
        }
        Edit::Binary { left, op, right, by } => {
            let (left, right) = (part(left), part(right));
            let mut out = String::from("(");
            for (id, other) in by {
                let _ = write!(out, "if crate::mutants::on({id}) {{ {left} {other} {right} }} else ");
            }
            let _ = write!(out, "{{ {left} {op} {right} }})");
            out
        }
        Edit::Guard { yes, no, gone, of } => {
            let mut guard = format!("({})", part(of));
            if let Some(id) = no {
                guard = format!("(!crate::mutants::on({id}) && {guard})");
            }
            if let Some(id) = yes {
                guard = format!("(crate::mutants::on({id}) || {guard})");
            }
            if let Some(id) = gone {
                guard = format!("(!crate::mutants::on({id}) && {guard})");
            }
            format!(" {guard}")
        }
    }
}

const SWITCH: &str = include_str!("switch.rs");

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let [list, tree, left_out] = args.as_slice() else { panic!("mutants LIST TREE LEFT_OUT") };
    let list: Vec<Value> = serde_json::from_str(&fs::read_to_string(list).unwrap()).unwrap();
    let left_out = fs::read_to_string(left_out).unwrap_or_default();
    let left_out: BTreeSet<usize> = left_out.split_whitespace().map(|w| w.parse().unwrap()).collect();
    let mut files: BTreeMap<String, Vec<(usize, &Value)>> = BTreeMap::new();
    for (n, mutant) in list.iter().enumerate().filter(|(n, _)| !left_out.contains(&(n + 1))) {
        files.entry(mutant["file"].as_str().unwrap().into()).or_default().push((n + 1, mutant));
    }
    for (file, mutants) in files {
        let path = format!("{tree}/{file}");
        let text = fs::read_to_string(&path).unwrap();
        let lines = Lines::of(&text);
        let number = |v: &Value| usize::try_from(v.as_u64().unwrap()).unwrap();
        let mutants: Vec<Mutant> = mutants
            .into_iter()
            .map(|(id, m)| {
                let start = &m["span"]["start"];
                let at = LineColumn { line: number(&start["line"]), column: number(&start["column"]) - 1 };
                Mutant {
                    id,
                    genre: m["genre"].as_str().unwrap().into(),
                    replacement: m["replacement"].as_str().unwrap().into(),
                    start: lines.offset(at),
                }
            })
            .collect();
        let mut at: BTreeMap<usize, Vec<&Mutant>> = BTreeMap::new();
        for mutant in &mutants {
            at.entry(mutant.start).or_default().push(mutant);
        }
        let mut finder = Finder { lines: &lines, at, edits: BTreeMap::new(), used: BTreeSet::new() };
        finder.visit_file(&syn::parse_file(&text).unwrap());
        for mutant in mutants.iter().filter(|m| !finder.used.contains(&m.id)) {
            println!("{}", mutant.id);
        }
        let mut edits: Vec<_> = finder.edits.iter().collect();
        edits.sort_by_key(|((start, end), _)| (*start, start != end, std::cmp::Reverse(*end)));
        fs::write(&path, render(&text, &edits, (0, text.len()))).unwrap();
    }
    fs::write(format!("{tree}/src/mutants.rs"), SWITCH).unwrap();
    let lib = format!("{tree}/src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap();
    fs::write(&lib, format!("{text}\n#[allow(missing_docs)]\npub mod mutants;\n")).unwrap();
}
