//! Takes out of the module what the compiler must keep and nothing ever calls.

use walrus::{FunctionBuilder, FunctionKind, Module};

/// Leptos can take over a page in one go or in pieces that are loaded when they come into sight.
/// Every view type carries the code of both, as pointers, which no compiler can tell to be unused.
/// Phoenix takes over in one go (`hydrate_body`), so the other is left empty: a sixth of the code.
/// Were it called after all, the page would stop at once, which every browser test would see.
const NEVER_CALLED: &str = "13hydrate_async28_$u7b$$u7b$closure$u7d$$u7d$";

/// The compiler lets functions of one text share one body, under any of their names. What is as
/// short as this may be another's too; the long ones are made of one view type's own parts.
const TOO_SHORT: u64 = 64;

/// Empties these functions; the next tool drops what only they needed.
pub(crate) fn never_called(module: &mut Module) {
    let ids: Vec<_> = module
        .funcs
        .iter_local()
        .filter(|(_, function)| function.size() > TOO_SHORT)
        .map(|(id, _)| id)
        .filter(|id| {
            let name = module.funcs.get(*id).name.as_deref();
            name.is_some_and(|name| name.contains(NEVER_CALLED))
        })
        .collect();
    for id in ids {
        let ty = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
        let args = params.iter().map(|ty| module.locals.add(*ty)).collect();
        let mut empty = FunctionBuilder::new(&mut module.types, &params, &results);
        empty.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(empty.local_func(args));
    }
}
