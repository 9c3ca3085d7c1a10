//go:build bench && linux

package bench

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// setting is a kind of load: so many connections that post bodies of so many bytes.
type setting struct {
	connections, size int
}

func (s setting) String() string {
	size := fmt.Sprintf("%d KB", s.size>>10)
	switch {
	case s.size == smallBody:
		size = "1.5 KB"
	case s.size >= 1<<20:
		size = fmt.Sprintf("%d MB", s.size>>20)
	}
	return fmt.Sprintf("%d x %s", s.connections, size)
}

// sample is one round of one target.
type sample struct {
	rate     float64 // requests a second
	p50, p99 float64 // milliseconds
	cpu      float64 // microseconds a request, of the target's processes, until they rest
	anon     float64 // MiB, the most seen
	peak     float64 // MiB with mapped files, since its start
	errors   float64
	foreign  float64 // share of the machine that others used meanwhile
}

// board is what all targets did at one setting. Round n of one target happened
// beside round n of the others.
type board struct {
	setting setting
	samples map[string][]sample
	disk    []written // diskFloor, once a round
}

// of returns one value of a target for each round.
func (b *board) of(name string, value func(sample) float64) figures {
	var f figures
	for _, s := range b.samples[name] {
		f = append(f, value(s))
	}
	return f
}

// measure is a run in progress.
type measure struct {
	t    *testing.T
	plan plan
	mock string // mockttp's folder, "" for none
}

// board starts everything anew and lets the targets take turns.
func (m measure) board(s setting) *board {
	m.t.Helper()
	b := &board{setting: s, samples: map[string][]sample{}}
	m.t.Run(s.String(), func(t *testing.T) {
		shopAddress, shop := startShop(t)
		here := targetsBefore(t, shopAddress, shop, m.mock)
		d := newDeliveries(t, s.size)
		answered := b.round(t, 0, here, d, time.Second) // to warm up
		b.samples, b.disk = map[string][]sample{}, nil
		for n := range m.plan.rounds {
			answered += b.round(t, n, here, d, m.plan.length)
		}
		checkKept(t, here[shopbell], answered)
	})
	return b
}

// round measures each target and the disk once; another one begins each time.
// It returns how many deliveries Shopbell answered.
func (b *board) round(t *testing.T, n int, here map[string]target, d *deliveries, length time.Duration) (answered int64) {
	t.Helper()
	file := d.write(t)
	for i := range targets {
		name := targets[(i+n)%len(targets)]
		at, started := here[name]
		if !started {
			continue
		}
		one, l, err := b.press(at, file, length)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if name == shopbell {
			answered = l.Requests - l.Status
		}
		b.samples[name] = append(b.samples[name], one)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	b.disk = append(b.disk, ask[written](t, "write", writeTask{Kind: "disk", Writers: 1, Length: time.Second}))
	return answered
}

// restTime and restAtMost are how long a target has to be idle, and may take to.
const (
	restTime   = 200 * time.Millisecond
	restAtMost = 10 * time.Second
)

// press measures one target once.
func (b *board) press(at target, file string, length time.Duration) (sample, load, error) {
	pid := at.process.cmd.Process.Pid
	before, err := readUsage()
	if err != nil {
		return sample{}, load{}, err
	}
	done, most := make(chan struct{}), make(chan memory)
	go func() { most <- watchMemory(before.tree(pid), done) }()
	l, err := press(at.address, file, b.setting.connections, length)
	close(done)
	held := <-most
	if err != nil {
		return sample{}, l, err
	}
	if !slices.Contains(before.tree(os.Getpid()), pid) {
		return sample{}, l, fmt.Errorf("it has ended: %s", at.process.said())
	}
	after, err := readUsage()
	if err != nil {
		return sample{}, l, err
	}
	// What it still does afterwards is part of the cost, and not the next one's.
	rested, err := rest(pid, restTime, restAtMost)
	n := float64(max(1, l.Requests))
	return sample{
		rate: float64(l.Requests) / (float64(l.Micros) / 1e6), p50: float64(l.P50) / 1000, p99: float64(l.P99) / 1000,
		cpu:  float64((rested.of(pid) - before.of(pid)).Microseconds()) / n,
		anon: mib(held.anon), peak: mib(held.peak),
		errors: float64(l.Status + l.Socket), foreign: after.foreign(before),
	}, l, err
}
