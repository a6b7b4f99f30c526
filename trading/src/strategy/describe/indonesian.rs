//! Indonesian sentences, in the words of Indonesian traders: entry, stop loss, take profit, lot,
//! spread, timeframe and their like stay as they are.

use super::phrases::{
    Comparison, Deed, DistanceWords, Heading, IndicatorWords, Joint, Phrases, span,
};
use crate::{
    strategy::{
        exit::OppositeSignal,
        filter::{Impact, Weekday},
        operand::Price,
    },
    symbol::Side,
};

pub(super) struct Indonesian;

impl Phrases for Indonesian {
    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Timing => "Waktu keputusan",
            Heading::Buy => "Entry buy",
            Heading::Sell => "Entry sell",
            Heading::Exits => "Exit",
            Heading::Filters => "Filter",
            Heading::Size => "Ukuran posisi",
            Heading::Limits => "Batasan",
            Heading::Indicators => "Indikator",
            Heading::Parameters => "Parameter",
            Heading::Risk => "Risiko",
        }
    }

    fn summary(
        &self,
        symbol: &str,
        timeframe: &str,
        rules: &[(Side, String)],
        protection: &[String],
        size: &str,
    ) -> String {
        let rules: Vec<String> = rules
            .iter()
            .map(|(side, rule)| match side {
                Side::Buy => format!("buy {symbol} jika {rule}"),
                Side::Sell => format!("sell {symbol} jika {rule}"),
            })
            .collect();
        let rules = if rules.is_empty() {
            "tidak ada entry".to_owned()
        } else {
            rules.join("; ")
        };
        format!(
            "Di timeframe {timeframe}: {rules}; {}; {size}.",
            protection.join(" dan ")
        )
    }

    fn many_conditions(&self, count: usize) -> String {
        format!("{count} kondisinya terpenuhi sesuai rincian di bawah")
    }

    fn timing(&self, timeframe: &str) -> String {
        format!(
            "Keputusan diambil setiap kali bar {timeframe} ditutup, dan order dieksekusi di harga \
             open bar berikutnya."
        )
    }

    fn higher_timeframes(&self) -> &'static str {
        "Di timeframe yang lebih tinggi, hanya bar yang sudah ditutup yang dibaca."
    }

    fn day_begins(&self, zone: &str) -> String {
        format!("Pergantian hari dihitung pukul 00:00 waktu {zone}.")
    }

    fn deed(&self, deed: Deed) -> &'static str {
        match deed {
            Deed::Enter(Side::Buy) => "Buy jika",
            Deed::Enter(Side::Sell) => "Sell jika",
            Deed::Close(Side::Buy) => "Tutup posisi buy jika",
            Deed::Close(Side::Sell) => "Tutup posisi sell jika",
        }
    }

    fn joint(&self, joint: Joint) -> &'static str {
        match joint {
            Joint::All => "SEMUA syarat ini terpenuhi:",
            Joint::Any => "SALAH SATU syarat ini terpenuhi:",
        }
    }

    fn and_or(&self, joint: Joint) -> &'static str {
        match joint {
            Joint::All => " dan ",
            Joint::Any => " atau ",
        }
    }

    fn not(&self) -> &'static str {
        "syarat ini TIDAK terpenuhi:"
    }

    fn not_inline(&self, condition: &str) -> String {
        format!("tidak terjadi ({condition})")
    }

    fn compare(&self, comparison: Comparison, a: &str, b: &str) -> String {
        match comparison {
            Comparison::Above => format!("{a} di atas {b}"),
            Comparison::AtOrAbove => format!("{a} di atas atau sama dengan {b}"),
            Comparison::Below => format!("{a} di bawah {b}"),
            Comparison::AtOrBelow => format!("{a} di bawah atau sama dengan {b}"),
            Comparison::CrossesAbove => format!("{a} memotong {b} ke atas"),
            Comparison::CrossesBelow => format!("{a} memotong {b} ke bawah"),
        }
    }

    fn between(&self, value: &str, low: &str, high: &str) -> String {
        format!("{value} berada di antara {low} dan {high}")
    }

    fn run(&self, value: &str, is_rising: bool, bars: u32, timeframe: Option<&str>) -> String {
        let verb = if is_rising { "naik" } else { "turun" };
        let bars_words = bars_of(bars, timeframe);
        match bars {
            1 => format!("{value} {verb} dibanding {bars_words} sebelumnya"),
            _ => format!("{value} {verb} {bars_words} berturut-turut"),
        }
    }

    fn occurs(&self, what: &str) -> String {
        format!("muncul {what}")
    }

    fn price(&self, price: Price) -> &'static str {
        match price {
            Price::Open => "harga open",
            Price::High => "harga high",
            Price::Low => "harga low",
            Price::Close => "harga close",
            Price::Median => "harga median (H+L)/2",
            Price::Typical => "harga typical (H+L+C)/3",
            Price::Weighted => "harga weighted (H+L+2C)/4",
            Price::Volume => "tick volume",
        }
    }

    fn ago(&self, series: &str, bars: u32, timeframe: Option<&str>) -> String {
        format!("{series} {} sebelumnya", bars_of(bars, timeframe))
    }

    fn on_timeframe(&self, series: &str, timeframe: &str) -> String {
        format!("{series} {timeframe}")
    }

    fn of(&self, series: &str, source: &str) -> String {
        format!("{series} dari {source}")
    }

    fn unknown(&self, name: &str) -> String {
        format!("\"{name}\" (belum didefinisikan)")
    }

    fn distance(&self, distance: &DistanceWords) -> String {
        match distance {
            DistanceWords::Points(points) => format!("{points} poin"),
            DistanceWords::Percent(percent) => format!("{percent}% dari harga"),
            DistanceWords::Atr {
                multiple,
                period,
                is_mt5,
            } => {
                let whose = if *is_mt5 { " versi MetaTrader 5" } else { "" };
                format!("{multiple} × ATR({period}){whose}")
            }
            DistanceWords::Risk(multiple) => format!("{multiple} × jarak stop loss"),
        }
    }

    fn opposite(&self, signal: OppositeSignal) -> &'static str {
        match signal {
            OppositeSignal::Reverse => {
                "Jika muncul sinyal entry ke arah berlawanan, posisi ditutup lalu dibalik, selama \
                 filter dan batasan mengizinkan."
            }
            OppositeSignal::Close => {
                "Jika muncul sinyal entry ke arah berlawanan, posisi ditutup tanpa membuka posisi \
                 baru dari sinyal itu."
            }
            OppositeSignal::Ignore => {
                "Selama ada posisi terbuka, sinyal entry ke arah berlawanan diabaikan."
            }
        }
    }

    fn stop_loss(&self, distance: &str) -> String {
        format!("Stop loss {distance} dari harga entry.")
    }

    fn no_stop_loss(&self) -> &'static str {
        "TANPA stop loss: posisi yang rugi hanya ditutup oleh aturan di bawah ini."
    }

    fn trailing_only(&self) -> &'static str {
        "Tidak ada stop loss selain trailing stop."
    }

    fn take_profit(&self, distance: &str) -> String {
        format!("Take profit {distance} dari harga entry.")
    }

    fn break_even(&self, after: &str, plus: Option<&str>) -> String {
        match plus {
            Some(plus) => format!(
                "Break-even: begitu harga close sudah profit {after}, stop loss digeser ke harga \
                 entry ditambah {plus} ke arah profit."
            ),
            None => format!(
                "Break-even: begitu harga close sudah profit {after}, stop loss digeser ke harga \
                 entry."
            ),
        }
    }

    fn trailing(&self, distance: &str, after: Option<&str>) -> String {
        match after {
            Some(after) => format!(
                "Trailing stop {distance} dari harga close terbaik, aktif begitu harga close \
                 sudah profit {after}; tidak pernah bergerak mundur."
            ),
            None => format!(
                "Trailing stop {distance} dari harga close terbaik, aktif sejak awal; tidak \
                 pernah bergerak mundur."
            ),
        }
    }

    fn after_bars(&self, bars: &str, _: bool, timeframe: &str) -> String {
        format!("Time exit: posisi ditutup setelah {bars} bar {timeframe}.")
    }

    fn levels_fixed(&self) -> &'static str {
        "Semua jarak ini diukur saat bar penentu entry ditutup, lalu tidak berubah lagi."
    }

    fn brief_stop(&self, distance: Option<&str>) -> String {
        match distance {
            Some(distance) => format!("stop loss {distance}"),
            None => "tanpa stop loss".to_owned(),
        }
    }

    fn brief_target(&self, distance: &str) -> String {
        format!("take profit {distance}")
    }

    fn session(&self, days: Option<&[Weekday]>, hours: &[(String, String)], zone: &str) -> String {
        let days = match days {
            None => "setiap hari".to_owned(),
            Some(days) => format!("hari {}", days_of(days)),
        };
        if hours.is_empty() {
            return format!("Entry hanya {days} (waktu {zone}), dilihat saat bar ditutup.");
        }
        let hours: Vec<String> = hours
            .iter()
            .map(|(from, to)| format!("pukul {from} sampai sebelum {to}"))
            .collect();
        format!(
            "Entry hanya {days} {} (waktu {zone}), dilihat saat bar ditutup.",
            hours.join(" dan ")
        )
    }

    fn max_spread(&self, points: &str) -> String {
        format!("Entry hanya selama spread paling besar {points} poin.")
    }

    fn cooldown(&self, bars: &str, _: bool) -> String {
        format!("Setelah trade yang rugi, tidak ada entry selama {bars} bar.")
    }

    fn news(&self, before: &str, after: &str, impact: Impact) -> String {
        let impact = match impact {
            Impact::Low => "berita ekonomi apa pun",
            Impact::Medium => "berita ekonomi berdampak sedang atau tinggi",
            Impact::High => "berita ekonomi berdampak tinggi",
        };
        format!(
            "Tidak ada entry mulai {before} menit sebelum sampai {after} menit setelah {impact}."
        )
    }

    fn news_is_live_only(&self) -> &'static str {
        "Filter berita hanya bekerja saat live trading. Data harga historis tidak punya kalender \
         berita, jadi backtest TIDAK mengujinya."
    }

    fn filters_let_close(&self) -> &'static str {
        "Filter hanya menahan entry; penutupan posisi tidak pernah ditahan."
    }

    fn fixed_lots(&self, lots: &str, _: bool) -> String {
        format!("{lots} lot per entry")
    }

    fn risk_percent(&self, percent: &str) -> String {
        format!("lot setiap entry dihitung supaya rugi di stop loss sebesar {percent}% dari equity")
    }

    fn risk_money(&self, money: &str) -> String {
        format!(
            "lot setiap entry dihitung supaya rugi di stop loss sebesar {money} dalam mata uang \
             akun"
        )
    }

    fn rounding(&self) -> &'static str {
        "Lot dibulatkan ke bawah sesuai kelipatan lot broker; jika hasilnya di bawah lot minimum, \
         tidak ada order. Gap atau slippage bisa membuat rugi lebih besar."
    }

    fn max_positions(&self, count: &str, is_one: bool) -> String {
        if is_one {
            format!("Paling banyak {count} posisi terbuka pada saat yang sama.")
        } else {
            format!(
                "Paling banyak {count} posisi terbuka pada saat yang sama; sinyal berikutnya ke \
                 arah yang sama menambah posisi."
            )
        }
    }

    fn trades_per_day(&self, count: &str, _: bool) -> String {
        format!("Paling banyak {count} entry per hari.")
    }

    fn daily_loss(&self, amount: &str, is_percent: bool) -> String {
        let amount = if is_percent {
            format!("{amount}% dari balance di awal hari")
        } else {
            format!("{amount} dalam mata uang akun")
        };
        format!(
            "Jika rugi hari itu, termasuk posisi yang masih terbuka, mencapai {amount}, tidak ada \
             entry lagi sampai hari berganti."
        )
    }

    fn indicator(&self, words: &IndicatorWords<'_>) -> String {
        let mut text = format!("{} = {}", words.name, words.label);
        if let Some(source) = &words.source {
            text.push_str(&format!(" dari {source}"));
        }
        if let Some(timeframe) = words.timeframe {
            text.push_str(&format!(", di bar {timeframe} yang sudah ditutup"));
        }
        for choice in &words.choices {
            text.push_str(&format!("; {choice}"));
        }
        if words.is_mt5 == Some(false) {
            text.push_str("; yang digambar MetaTrader 5 berbeda");
        }
        format!("{text}. {}", words.summary)
    }

    fn parameter(
        &self,
        name: &str,
        label: &str,
        value: &str,
        range: Option<&[String; 3]>,
    ) -> String {
        let mut text = format!("${name} = {value}");
        if !label.is_empty() {
            text.push_str(&format!(" ({label})"));
        }
        match range {
            Some([from, to, step]) => text.push_str(&format!(
                "; bisa dioptimasi dari {from} sampai {to} dengan langkah {step}."
            )),
            None => text.push_str("; tetap."),
        }
        text
    }

    fn risk_notice(&self) -> [&'static str; 3] {
        [
            "Trading dengan leverage bisa membuat Anda rugi dengan cepat; saat terjadi gap, rugi \
             bisa melebihi stop loss.",
            "Hasil masa lalu, baik backtest maupun nyata, tidak menentukan hasil ke depan.",
            "Teks ini menjelaskan cara kerja aturannya dan bukan anjuran untuk trading. Pakai \
             hanya uang yang siap Anda tanggung jika hilang.",
        ]
    }
}

fn bars_of(bars: u32, timeframe: Option<&str>) -> String {
    match timeframe {
        Some(timeframe) => format!("{bars} bar {timeframe}"),
        None => format!("{bars} bar"),
    }
}

fn days_of(days: &[Weekday]) -> String {
    match span(days) {
        Some((first, last)) => format!("{} sampai {}", day_name(first), day_name(last)),
        None => days
            .iter()
            .copied()
            .map(day_name)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Senin",
        Weekday::Tue => "Selasa",
        Weekday::Wed => "Rabu",
        Weekday::Thu => "Kamis",
        Weekday::Fri => "Jumat",
        Weekday::Sat => "Sabtu",
        Weekday::Sun => "Minggu",
    }
}
