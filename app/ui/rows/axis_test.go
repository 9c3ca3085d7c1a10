package rows

import (
	"math"
	"testing"
)

func TestAxisStaysInsideWhateverItIsTold(t *testing.T) {
	a := axis{unit: 18, count: 1_000_000, room: 500}
	for _, by := range []float32{0, 1, -1, 1e9, -1e9, 0.25, 17.999999, -0.0000001, float32(math.NaN()), float32(math.Inf(1)), math.MaxFloat32, -math.MaxFloat32} {
		a.scroll(by)
		first, part := a.end()
		if a.first < 0 || a.part < 0 || a.part >= a.unit || a.first > first || a.first == first && a.part > part {
			t.Fatalf("after %v the view stands at %d and %v", by, a.first, a.part)
		}
	}
}

func TestRevealScrollsNoMoreThanNeeded(t *testing.T) {
	a := axis{unit: 10, count: 100, room: 55}
	for _, c := range []struct {
		row  int
		want float64
	}{{0, 0}, {4, 0}, {5, 5}, {99, 945}, {94, 940}, {95, 940}, {50, 500}, {100, 945}} {
		a.reveal(c.row)
		if got := a.distance(); got != c.want {
			t.Errorf("row %d is shown at a distance of %v, expected %v", c.row, got, c.want)
		}
	}
}

func TestFewRowsDoNotScroll(t *testing.T) {
	a := axis{unit: 10, count: 5, room: 55}
	if a.scroll(20) || a.scroll(-20) || !a.fits() {
		t.Error("five rows of 10 scroll in a room of 55")
	}
}
