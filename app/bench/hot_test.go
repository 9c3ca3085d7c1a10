//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"os/exec"
	"testing"
)

// settings are the loads, as the goals name them.
var settings = []setting{{1, smallBody}, {16, smallBody}, {64, smallBody}, {16, 64 << 10}, {16, 1 << 20}}

// noise is the share of the machine in foreign hands above which a run says little.
const noise = 0.2

// benchHot measures every setting and prints a table of each.
func benchHot(t *testing.T, p plan, out io.Writer) map[setting]*board {
	boards := map[setting]*board{}
	mock, err := haveMockttp()
	if err != nil {
		fmt.Fprintf(out, "\nnot here: %s: %v\n", mockttp, err)
	}
	if _, err := exec.LookPath("mitmdump"); err != nil {
		fmt.Fprintf(out, "\nnot here: %v\n", err)
	}
	if _, err := exec.LookPath("wrk"); err != nil {
		fmt.Fprintf(out, "\nnot here, so no delivery is sent: %v\n", err)
		return boards
	}
	m := measure{t: t, plan: p, mock: mock}
	for _, s := range settings {
		boards[s] = m.board(s)
		fmt.Fprint(out, boards[s].table(p))
	}
	return boards
}

// table prints a board; ratios are made round by round.
func (b *board) table(p plan) string {
	text := table{title: fmt.Sprintf("%s signed deliveries, %d rounds of %v each in turn, median [min..max]; memory is the most", b.setting, p.rounds, p.length)}
	text.row("target", "req/s", "of tuned", "CPU us/req", "of tuned", "p50 ms", "p99 ms", "anonymous MiB", "peak RSS MiB", "errors", "foreign")
	for _, name := range targets {
		if len(b.samples[name]) == 0 {
			text.row(name, "not here")
			continue
		}
		errors := 0.0
		for _, n := range b.of(name, failed) {
			errors += n
		}
		text.row(name, b.of(name, rate).middle(), b.ratio(name, tuned, rate).String(),
			b.of(name, cpu).middle(), b.ratio(name, tuned, cpu).String(),
			b.of(name, p50).middle(), b.of(name, p99).middle(),
			short(b.of(name, anon).max()), short(b.of(name, peak).max()),
			fmt.Sprint(errors), b.of(name, foreign).String())
	}
	text.row("append 2 KB + fdatasync", b.floor(func(w written) float64 { return w.Rate }).middle(), "", "", "",
		b.floor(func(w written) float64 { return w.P50 }).middle(), b.floor(func(w written) float64 { return w.P99 }).middle())
	text.notes = []string{quiet(b.foreign())}
	return text.String()
}

// foreign are the shares that others took.
func (b *board) foreign() figures {
	var shares figures
	for _, name := range targets {
		shares = append(shares, b.of(name, foreign)...)
	}
	return shares
}

// ratio is a value of one target over that of another, round by round.
func (b *board) ratio(name, other string, value func(sample) float64) figures {
	return b.of(name, value).over(b.of(other, value))
}

// floor returns one value of the disk for each round.
func (b *board) floor(value func(written) float64) figures {
	var f figures
	for _, w := range b.disk {
		f = append(f, value(w))
	}
	return f
}

// quiet says whether the machine was quiet enough, by the shares that others took.
func quiet(shares figures) string {
	if len(shares) == 0 {
		return "nothing was measured"
	}
	noisy := 0
	for _, share := range shares {
		if share > noise {
			noisy++
		}
	}
	if noisy > 0 {
		return fmt.Sprintf("TOO NOISY: in %d of %d measurements others took more than %v of the processors, at most %s; repeat it", noisy, len(shares), noise, short(shares.max()))
	}
	return fmt.Sprintf("quiet: others took at most %s of the processors", short(shares.max()))
}

// The columns of a sample.
func rate(s sample) float64    { return s.rate }
func cpu(s sample) float64     { return s.cpu }
func p50(s sample) float64     { return s.p50 }
func p99(s sample) float64     { return s.p99 }
func anon(s sample) float64    { return s.anon }
func peak(s sample) float64    { return s.peak }
func failed(s sample) float64  { return s.errors }
func foreign(s sample) float64 { return s.foreign }
