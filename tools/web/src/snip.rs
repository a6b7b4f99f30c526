//! Takes out of the module what the compiler must keep and nothing ever calls.

use std::collections::BTreeSet;
use walrus::{Function, FunctionBuilder, FunctionKind, Module};

/// Leptos can take over a page in one go or in pieces that are loaded when they come into sight.
/// Every view type carries the code of both, as pointers, which no compiler can tell to be unused.
/// Phoenix takes over in one go (`hydrate_body`), so the other is left empty: a sixth of the code.
/// Were it called after all, the page would stop at once, which every browser test would see.
const NEVER_CALLED: [&str; 3] = [
    "13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$",
    "8into_any13hydrate_async17h",
    // Sweeps put indicators side by side; the browser runs one test at a time.
    "trading..indicator..series..Series$GT$4pack17h",
];

/// The compiler lets functions of one text share one body, under any of their names. What is as
/// short as this may be another's too; the long ones are made of one view type's own parts.
const TOO_SHORT: u64 = 64;

/// Empties these functions; the next tool drops what only they needed. Gives their indices.
pub(crate) fn never_called(module: &mut Module) -> BTreeSet<u32> {
    let is_one = |function: &Function| {
        let is_named = |name: &str| NEVER_CALLED.iter().any(|one| name.contains(one));
        let FunctionKind::Local(local) = &function.kind else {
            return false;
        };
        local.size() > TOO_SHORT && function.name.as_deref().is_some_and(is_named)
    };
    let found: Vec<_> = (0..)
        .zip(module.funcs.iter())
        .filter(|(_, function)| is_one(function))
        .map(|(index, function)| (index, function.id()))
        .collect();
    for (_, id) in &found {
        let id = *id;
        let ty = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
        let args = params.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut empty = FunctionBuilder::new(&mut module.types, &params, &results);
        empty.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(empty.local_func(args));
    }
    found.into_iter().map(|(index, _)| index).collect()
}
