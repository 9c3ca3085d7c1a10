//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"shopbell/inspector/inspectortest"
)

// patience is how long the window may take for anything; it decides nothing.
const patience = 60 * time.Second

// window is the real program on a display of its own, with a real keyring.
type window struct {
	t    *testing.T
	dir  string
	env  []string
	shop *inspectortest.Shop
	size image.Point // of the window
}

// openOn opens the window on a display of 1440 by 900 with the given settings,
// in which %q is the address of a shop of the test's own.
func openOn(t *testing.T, theme, config string) *window {
	t.Helper()
	w := newWindow(t, theme, config)
	w.start()
	w.await("the window", w.visible)
	w.settle()
	return w
}

// newWindow is a window that was not started yet.
func newWindow(t *testing.T, theme, config string) *window {
	t.Helper()
	shop, err := inspectortest.OpenShop(inspectortest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shop.Close() })
	w := &window{t: t, dir: t.TempDir(), shop: shop, size: image.Pt(1440, 900)}
	w.put("shopbell.toml", fmt.Sprintf(config, shop.URL()))
	for name, secret := range map[string]string{
		"everifin.key": "hook-secret-new-0002", "tweed.key": "tweed-signing-secret-0001",
		"yshop.key": "yshop-signing-key-0001", "other.key": "another-key",
	} {
		w.put(name, secret) // the published secrets of the examples
	}
	for _, d := range []string{"home/.cache", "home/.config", "run"} {
		if err := os.MkdirAll(filepath.Join(w.dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.env = append(os.Environ(), "HOME="+filepath.Join(w.dir, "home"), "XDG_RUNTIME_DIR="+filepath.Join(w.dir, "run"),
		"XDG_CONFIG_HOME=", "XDG_DATA_HOME=", "XDG_CACHE_HOME=", "WAYLAND_DISPLAY=", "LANG=C.UTF-8", "TZ=UTC",
		"FYNE_SCALE=1", "FYNE_THEME="+theme)
	w.env = append(w.env, "DISPLAY="+w.display())
	return w
}

// visible tells whether the window is on the display.
func (w *window) visible() bool {
	c := exec.Command("xdotool", "search", "--onlyvisible", "--name", "Shopbell")
	c.Env = w.env
	return c.Run() == nil
}

// display starts a virtual display and returns its name.
func (w *window) display() string {
	w.t.Helper()
	r, number, err := os.Pipe()
	if err != nil {
		w.t.Fatal(err)
	}
	// Without -noreset it begins anew after its last client, which may be one that
	// only looked whether the window is there, and the window comes in between.
	x := exec.Command("Xvfb", "-displayfd", "3", "-noreset", "-screen", "0", "1440x900x24", "-dpi", "96", "-nolisten", "tcp", "+extension", "GLX")
	x.ExtraFiles = []*os.File{number}
	w.run(x)
	number.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		w.t.Fatalf("the virtual display did not start: %v", err)
	}
	return ":" + strings.TrimSpace(line)
}

// start runs the program in a session with a message bus and an open keyring.
func (w *window) start() {
	w.t.Helper()
	bin, err := filepath.Abs("../bin/shopbell")
	if err != nil {
		w.t.Fatal(err)
	}
	const session = `printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"`
	c := exec.Command("dbus-run-session", "--", "sh", "-c", session, "sh", bin,
		"--config", filepath.Join(w.dir, "shopbell.toml"), "--data", filepath.Join(w.dir, "data"))
	c.Env = w.env
	w.run(c)
}

// run starts c in a process group that ends with the test.
func (w *window) run(c *exec.Cmd) {
	w.t.Helper()
	log := &bytes.Buffer{}
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // it may have ended by itself
		_ = c.Wait()
		if w.t.Failed() {
			w.t.Logf("%s said:\n%s", c.Args[0], log)
		}
	})
}

func (w *window) click(p image.Point) {
	w.xdotool("mousemove", fmt.Sprint(p.X), fmt.Sprint(p.Y), "sleep", "0.2", "click", "1", "sleep", "0.2")
}

// resize makes the window another size, as dragging its corner does.
func (w *window) resize(width, height int) {
	w.xdotool("search", "--onlyvisible", "--name", "Shopbell", "windowsize", fmt.Sprint(width), fmt.Sprint(height))
	w.size = image.Pt(width, height)
}

func (w *window) typed(text string) { w.xdotool("type", "--delay", "20", text) }

func (w *window) key(name string) { w.xdotool("key", name, "sleep", "0.2") }

// keys presses one key some times.
func (w *window) keys(name string, times int) {
	for range times {
		w.key(name)
	}
}

func (w *window) xdotool(args ...string) {
	w.t.Helper()
	c := exec.Command("xdotool", args...)
	c.Env = w.env
	if out, err := c.CombinedOutput(); err != nil {
		w.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

// settle waits until the screen shows something and has stopped changing, but
// for the cursor of a field, which blinks.
func (w *window) settle() {
	w.t.Helper()
	const cursor = 200 // pixels
	before := image.Image(image.NewGray(image.Rect(0, 0, 1, 1)))
	w.await("the screen to come to rest", func() bool {
		time.Sleep(300 * time.Millisecond) // a few frames
		now, err := png.Decode(bytes.NewReader(w.screen()))
		if err != nil {
			w.t.Fatal(err)
		}
		n := differing(before, now)
		before = now
		return n < cursor && !blank(now)
	})
}

// screen returns the part of the display that the window is on as a PNG without
// a date in it.
func (w *window) screen() []byte {
	w.t.Helper()
	c := exec.Command("import", "-window", "root", "-crop", fmt.Sprintf("%dx%d+0+0", w.size.X, w.size.Y), "+repage",
		"-define", "png:exclude-chunks=date,time", "png:-")
	c.Env = w.env
	out, err := c.Output()
	if err != nil {
		w.t.Fatalf("taking a screenshot: %v", err)
	}
	return out
}

// differing counts the pixels in which two pictures differ.
func differing(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return math.MaxInt
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

// blank tells whether a picture has one colour only.
func blank(m image.Image) bool {
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			if m.At(x, y) != m.At(0, 0) {
				return false
			}
		}
	}
	return true
}

// shoot keeps a screenshot for a person: in the folder that SHOTS names, else
// with what go test -artifacts keeps.
func (w *window) shoot(name string) {
	w.t.Helper()
	w.settle()
	w.keepShot(name)
}

func (w *window) keepShot(name string) {
	w.t.Helper()
	dir := os.Getenv("SHOTS")
	if dir == "" {
		dir = w.t.ArtifactDir()
	}
	file := filepath.Join(dir, name+".png")
	if err := os.WriteFile(file, w.screen(), 0o644); err != nil {
		w.t.Fatal(err)
	}
	w.t.Log(file)
}

func (w *window) await(what string, done func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.keepShot("failed-" + strings.ReplaceAll(w.t.Name(), "/", "-"))
			w.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (w *window) config() string {
	b, err := os.ReadFile(filepath.Join(w.dir, "shopbell.toml"))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(b)
}

func (w *window) put(name, text string) {
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}
