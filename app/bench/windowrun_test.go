//go:build bench && linux

package bench

import (
	"fmt"
	geometry "image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The parts of the screen that are looked at, of 1440 by 900 pixels: where rows
// and the lines of a body are, in our window and in the toolkit's.
var (
	rowsPart    = geometry.Rect(230, 240, 660, 860)
	bodyPart    = geometry.Rect(720, 300, 1400, 840)
	toolkitPart = geometry.Rect(20, 2, 620, 860)
)

// windowRun is a window on a display of its own.
type windowRun struct {
	*display
	t       *testing.T
	process *process
	part    geometry.Rectangle // where its rows are
	began   time.Time          // its process
	bare    uint64             // that part before there was a window
}

// openWindow starts a program on a display and does not wait for it.
func openWindow(t *testing.T, cmd *exec.Cmd, part geometry.Rectangle) *windowRun {
	t.Helper()
	w := &windowRun{display: openDisplay(t), t: t, part: part}
	w.do("mousemove 1430 890") // over nothing that would change
	home := t.TempDir()
	cmd.Env = append(cmd.Env, "DISPLAY="+w.name, "WAYLAND_DISPLAY=", "DBUS_SESSION_BUS_ADDRESS=", "XDG_RUNTIME_DIR="+home,
		"XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home, "LANG=C.UTF-8", "TZ=UTC", "FYNE_SCALE=1", "FYNE_THEME=light")
	w.process = &process{cmd: cmd, log: filepath.Join(home, "log"), ended: make(chan struct{})}
	log, err := os.Create(w.process.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	cmd.Stderr = log
	tie(cmd)
	time.Sleep(200 * time.Millisecond) // for the display to come to rest
	w.bare, w.began = w.sum(part), time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = cmd.Wait() // how it ended is of no interest: it is killed
		close(w.process.ended)
	}()
	t.Cleanup(w.close)
	return w
}

func (w *windowRun) close() {
	w.process.stop(syscall.SIGTERM)
	if w.t.Failed() {
		w.t.Logf("the window said: %s", w.process.said())
	}
}

// windowCommand is the real window on a data folder, which receives at address.
func (p program) windowCommand(t *testing.T, address string) *exec.Cmd {
	t.Helper()
	more := fmt.Sprintf("[tunnel]\nkind = \"local\"\nlisten = %q\n", address)
	if p.shop != "" {
		more += fmt.Sprintf("[shop]\nurl = %q\n", p.shop)
	}
	file, env := p.settle(t, more)
	cmd := exec.Command(built(t, "shopbell"), "--config", file, "--data", p.data)
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// toolkitCommand is the toolkit's own widget in a window, see toolkit/main.go.
func toolkitCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(built(t, "toolkit-window"), args...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	return cmd
}

// buildToolkit builds the toolkit's window, with the flags of make build and the
// tag of its files.
func buildToolkit(t *testing.T) {
	t.Helper()
	cmd := exec.Command("go", "build", "-tags=migrated_fynedo,bench", "-o", "../../bin/toolkit-window", "./toolkit")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building the toolkit's window: %v\n%s", err, out)
	}
}

// built is a program of the folder bin, where make build and buildToolkit put theirs.
func built(t *testing.T, name string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("../../bin", name))
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		t.Fatalf("%v; make bench BENCH=window builds it", err)
	}
	return file
}

// act has the hand do something and returns how long it took until part showed
// the picture that stays, in milliseconds.
func (w *windowRun) act(part geometry.Rectangle, commands ...string) float64 {
	w.t.Helper()
	before, began := w.sum(part), time.Now()
	w.do(commands...)
	return millis(w.untilStill(w.t, part, before).settled().Sub(began))
}

// spent is what a window used over a time.
type spent struct {
	cpu        float64 // per cent of a core
	anon       float64 // MiB, at the end
	resident   float64 // the same with mapped files
	frames     figures // milliseconds between pictures of the rows
	perSecond  float64 // pictures
	foreign    float64 // share of the machine that others used
	deliveries *answers
	rate       float64 // deliveries a second
}

// during measures a window while something is done to it for a time.
func (w *windowRun) during(length time.Duration, part geometry.Rectangle, do func(until time.Time)) spent {
	w.t.Helper()
	before, err := readUsage()
	if err != nil {
		w.t.Fatal(err)
	}
	pid, began := w.process.cmd.Process.Pid, time.Now()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do(began.Add(length))
	}()
	f := w.watch(part, func(film) bool { return time.Since(began) > length })
	took := time.Since(began)
	<-done
	after, err := readUsage()
	if err != nil {
		w.t.Fatal(err)
	}
	anon, resident := w.holds()
	gaps := f.frames()
	return spent{
		cpu:  100 * float64(after.of(pid)-before.of(pid)) / float64(time.Since(began)),
		anon: anon, resident: resident, frames: gaps, perSecond: float64(len(gaps)) / took.Seconds(), foreign: after.foreign(before),
	}
}

// holds is the memory of the window in MiB: what is no file's, and all.
func (w *windowRun) holds() (anon, resident float64) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.process.cmd.Process.Pid))
	if err != nil {
		w.t.Fatalf("the window has ended: %s", w.process.said())
	}
	for line := range strings.Lines(string(text)) {
		switch f := strings.Fields(line); {
		case len(f) > 1 && f[0] == "RssAnon:":
			anon = mib(numbers(f[1:2])[0] << 10)
		case len(f) > 1 && f[0] == "VmRSS:":
			resident = mib(numbers(f[1:2])[0] << 10)
		}
	}
	return anon, resident
}

// nothing is done to the window.
func nothing(until time.Time) { time.Sleep(time.Until(until)) }

// wheel turns the wheel, down being button 5, 125 notches a second.
func (w *windowRun) wheel(button int) func(until time.Time) {
	return func(until time.Time) {
		for time.Now().Before(until) {
			w.do(fmt.Sprintf("click --delay 0 %d", button))
			time.Sleep(8 * time.Millisecond)
		}
	}
}

// over puts the pointer in the middle of a part, without pressing.
func (w *windowRun) over(part geometry.Rectangle) {
	at := part.Min.Add(part.Max).Div(2)
	w.do(fmt.Sprintf("mousemove %d %d", at.X, at.Y))
	w.untilStill(w.t, part)
}
