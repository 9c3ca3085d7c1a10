//go:build bench && linux

package bench

import (
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fault is something that goes wrong around the program, or too much at once.
type fault struct {
	name string
	run  func(t *testing.T, p plan) outcome
}

// faults are in the order of the table.
var faults = []fault{
	{"disk full, filled by the deliveries", diskFull},
	{"disk full, filled by another program in mid-write", diskTaken},
	{"disk that fails writes (EIO) from some moment on", diskErrors},
	{"disk gone in mid-write, as when its plug is pulled", diskGone},
	{"newest value log cut in half", logCut},
	{"store of a newer version", newerStore},
	{"clock jumps back", clockBack},
	{"10,000 connections", manyConnections},
	{"3,000 connections, 1,024 descriptors", fewDescriptors},
	{"32 MiB bodies at 16 connections, and one of 33", largeBodies},
	{"many small captures", manyCaptures},
	{"500 slow senders and 50 silent ones", slowSenders},
	{"a shop that hangs", hangingShop},
}

// outcome is what came of a fault.
type outcome struct {
	got   string // by the senders, or by the user
	kept  string
	held  memory // of the program, at most
	notes []string
}

func (o *outcome) note(format string, args ...any) {
	o.notes = append(o.notes, fmt.Sprintf(format, args...))
}

// print prints a fault and what came of it, a line for each thing.
func (o outcome) print(out io.Writer, name string) {
	fmt.Fprintf(out, "\n%s\n", name)
	line := func(what, text string) {
		if text != "" {
			fmt.Fprintf(out, "  %-12s %s\n", what, strings.ReplaceAll(text, "\n", "\n               "))
		}
	}
	line("got", o.got)
	line("kept", o.kept)
	if o.held != (memory{}) {
		line("memory", fmt.Sprintf("anonymous %s MiB, peak RSS %s MiB", short(mib(o.held.anon)), short(mib(o.held.peak))))
	}
	for _, n := range o.notes {
		line("note", n)
	}
}

// benchFaults brings each fault about; what is not as it must be fails the test.
func benchFaults(t *testing.T, p plan, out io.Writer) {
	fmt.Fprintln(out, "\nFaults: what senders got, what is there when the store is opened again, the most memory of shopbell serve")
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			began := time.Now()
			o := f.run(t, p)
			o.print(out, fmt.Sprintf("%s (%.0f s)", f.name, time.Since(began).Seconds()))
		})
	}
}

// notHere prints why a fault cannot be brought about on this machine, and ends
// the test.
func notHere(t *testing.T, format string, args ...any) {
	t.Helper()
	_, name, _ := strings.Cut(t.Name(), "/faults/")
	fmt.Printf("\n%s\n  %-12s %s\n", name, "not here", fmt.Sprintf(format, args...))
	t.SkipNow()
}

// observed runs work and returns the most memory that a target held meanwhile.
func observed(at target, work func()) memory {
	done, most := make(chan struct{}), make(chan memory)
	go func() { most <- watchMemory([]int{at.process.cmd.Process.Pid}, done) }()
	work()
	close(done)
	return <-most
}

// fate says whether the process still runs, or how it ended.
func (p *process) fate() string {
	select {
	case <-p.ended:
		return "it ended: " + p.cmd.ProcessState.String()
	default:
		return "it goes on"
	}
}

// endWell ends the program in peace and fails the test when it does not.
func (s target) endWell(t *testing.T) {
	t.Helper()
	s.process.stop(syscall.SIGINT)
	if !s.process.cmd.ProcessState.Success() {
		t.Errorf("Shopbell ended with %v: %s", s.process.cmd.ProcessState, s.process.said())
	}
}

// endPatience is how long the program may take to end after a fault of the disk.
const endPatience = 20 * time.Second

// askToEnd interrupts the program and says how it took it. It has ended then.
func (s target) askToEnd() string {
	began := time.Now()
	_ = syscall.Kill(s.process.cmd.Process.Pid, syscall.SIGINT) // it may have ended just now
	select {
	case <-s.process.ended:
		return fmt.Sprintf("after an interrupt it ended within %v: %v", time.Since(began).Round(100*time.Millisecond), s.process.cmd.ProcessState)
	case <-time.After(endPatience):
	}
	s.process.stop(syscall.SIGKILL)
	return fmt.Sprintf("after an interrupt it did NOT END within %v", endPatience)
}
