//go:build bench && linux

package bench

import (
	"bufio"
	"encoding/binary"
	"fmt"
	geometry "image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// display is a virtual screen of 1440 by 900 whose picture is a file in memory:
// looking at it takes nothing from the window on it.
type display struct {
	name   string
	pixels []byte // four a pixel
	stride int
	hand   io.Writer // takes commands of xdotool, one a line
}

// openDisplay starts a screen that ends with the test.
func openDisplay(t *testing.T) *display {
	t.Helper()
	dir := t.TempDir()
	r, number, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-fbdir", dir, "-screen", "0", "1440x900x24", "-dpi", "96", "-nolisten", "tcp", "+extension", "GLX")
	x.ExtraFiles = []*os.File{number}
	begin(t, x)
	number.Close()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("the virtual display did not start: %v", err)
	}
	d := &display{name: ":" + strings.TrimSpace(line)}
	d.mount(t, filepath.Join(dir, "Xvfb_screen0"))
	hand := exec.Command("xdotool", "-")
	hand.Env = append(os.Environ(), "DISPLAY="+d.name)
	if d.hand, err = hand.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	begin(t, hand)
	return d
}

// begin starts cmd and ends it with the test.
func begin(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	tie(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
	})
}

// mount maps the picture, which is in the format of xwd: a header of big-endian
// words, the colours, 12 bytes each, then the pixels. See XWDFile.h.
func (d *display) mount(t *testing.T, file string) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	all, err := syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(all) })
	word := func(i int) int { return int(binary.BigEndian.Uint32(all[4*i:])) }
	d.pixels, d.stride = all[word(0)+12*word(19):], word(12)
}

// do gives the hand commands.
func (d *display) do(commands ...string) {
	for _, c := range commands {
		fmt.Fprintln(d.hand, c) // a hand that is gone shows in what does not happen
	}
}

// sum stands for the picture of a part of the screen: every line of it, and
// every seventh pixel of a line.
func (d *display) sum(part geometry.Rectangle) uint64 {
	sum := uint64(14695981039346656037) // FNV-1a by words
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x += 7 {
			sum = (sum ^ uint64(binary.LittleEndian.Uint32(d.pixels[y*d.stride+4*x:]))) * 1099511628211
		}
	}
	return sum
}

// picture is what a part of the screen showed from a moment on.
type picture struct {
	since time.Time
	sum   uint64
}

// film is how a part of the screen changed.
type film []picture

// lookEvery is the time between two looks at the screen.
const lookEvery = time.Millisecond

// watch notes the pictures of a part of the screen until done says that it is enough.
func (d *display) watch(part geometry.Rectangle, done func(film) bool) film {
	f := film{{time.Now(), d.sum(part)}}
	for !done(f) {
		time.Sleep(lookEvery)
		if sum := d.sum(part); sum != f[len(f)-1].sum {
			f = append(f, picture{time.Now(), sum})
		}
	}
	return f
}

// still is how long a picture has to stay to be the last one.
const still = 1500 * time.Millisecond

// untilStill waits for a picture that is none of those to leave and stays.
func (d *display) untilStill(t *testing.T, part geometry.Rectangle, leave ...uint64) film {
	t.Helper()
	began := time.Now()
	return d.watch(part, func(f film) bool {
		last := f[len(f)-1]
		if time.Since(began) > patience {
			t.Fatalf("the screen did not come to rest within %v, after %d pictures", patience, len(f))
		}
		for _, sum := range leave {
			if last.sum == sum {
				return false
			}
		}
		return time.Since(last.since) > still
	})
}

// settled is when the last picture was shown for the first time.
func (f film) settled() time.Time {
	for _, p := range f {
		if p.sum == f[len(f)-1].sum {
			return p.since
		}
	}
	return time.Time{}
}

// last is the picture at the end.
func (f film) last() uint64 { return f[len(f)-1].sum }

// tear is how far apart two changes are at most that are one picture, of which
// the first half was seen earlier.
const tear = 5 * time.Millisecond

// frames are the times between pictures, in milliseconds.
func (f film) frames() (between figures) {
	for i := 2; i < len(f); i++ { // the first picture stood before anything moved
		if gap := f[i].since.Sub(f[i-1].since); gap > tear || len(between) == 0 {
			between = append(between, millis(gap))
		} else {
			between[len(between)-1] += millis(gap)
		}
	}
	return between
}
