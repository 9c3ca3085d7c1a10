//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"
	"time"
)

// plan is what the environment asks for.
type plan struct {
	hot, store bool          // BENCH: hot, store or all
	faults     bool          // BENCH: faults
	soak       bool          // BENCH: soak
	window     bool          // BENCH: window
	rounds     int           // ROUNDS
	length     time.Duration // SECONDS: of one measurement
	captures   int           // CAPTURES: of the largest store
	minutes    int           // MINUTES: of the soak
}

// longest is how long one measurement may be: signatures of a round are made at
// its begin, and one of the providers lets them be five minutes old.
const longest = 30 * time.Second

func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}

func TestBench(t *testing.T) {
	p := readPlan(t)
	checkDisk(t)
	var out io.Writer = os.Stdout
	r := results{plan: p}
	if p.hot {
		r.boards = benchHot(t, p, out)
	}
	if p.faults {
		t.Run("faults", func(t *testing.T) { benchFaults(t, p, out) })
	}
	if p.soak {
		t.Run("soak", func(t *testing.T) { benchSoak(t, p, out) })
	}
	if p.window {
		t.Run("window", func(t *testing.T) { benchWindow(t, p, out) })
	}
	if p.store {
		r.store = newStoreResults()
		t.Run("store", func(t *testing.T) { r.store.bench(t, p, out) })
	}
	if p.hot || p.store {
		fmt.Fprintln(out, r.goals())
	}
}

func readPlan(t *testing.T) plan {
	t.Helper()
	p := plan{
		rounds:   number(t, "ROUNDS", 5),
		length:   time.Duration(number(t, "SECONDS", 3)) * time.Second,
		captures: number(t, "CAPTURES", 1_000_000),
		minutes:  number(t, "MINUTES", 3),
	}
	if p.length > longest {
		t.Fatalf("SECONDS is %v, expected at most %v: signed times must hold for a round", p.length, longest)
	}
	switch part := os.Getenv("BENCH"); part {
	case "", "all":
		p.hot, p.store = true, true
	case "hot":
		p.hot = true
	case "store":
		p.store = true
	case "faults":
		p.faults, p.captures = true, number(t, "CAPTURES", 100_000)
	case "soak":
		p.soak = true
	case "window":
		p.window, p.captures = true, number(t, "CAPTURES", 100_000)
	default:
		t.Fatalf("BENCH is %q, expected hot, store, all, faults, soak or window", part)
	}
	return p
}

// number reads a whole number above 0 from the environment.
func number(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q, expected a whole number above 0", name, text)
	}
	return n
}
