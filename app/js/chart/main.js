// The charts, around TradingView's Lightweight Charts (Apache-2.0). A script of its own, loaded when
// the first chart is shown. Rust calls what is exported here: app/src/pages/lab/chart/script.rs.
//
// | file | what |
// |---|---|
// | price.js | candles, indicators, trades |
// | equity.js | equity and drawdown |
// | line.js | a line from a column of numbers, drawn without a copy |
// | trades.js | markers of trades, and the chosen one |
// | zone.js | market time or the viewer's time, on the axis and in words |
// | legend.js | what stands under the crosshair |
// | theme.js | the house's colours |
// | base.js | what both charts have in common |
export { EquityChart } from "./equity.js";
export { PriceChart } from "./price.js";
