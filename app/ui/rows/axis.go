package rows

import "math"

// axis is a window of room units over count steps of unit units each: rows
// downwards, columns across.
type axis struct {
	unit  float32 // height of a row or width of a column; above 0
	count int     // rows or columns in all
	room  float32 // what can be seen, in units

	first int     // the first step that is seen at least in part
	part  float32 // how much of it is scrolled away, 0 <= part < unit
}

// scroll moves the window by units, down and right being positive, and tells
// whether it moved.
func (a *axis) scroll(units float32) bool {
	if math.IsNaN(float64(units)) || math.IsInf(float64(units), 0) {
		return false
	}
	first, part := a.first, a.part
	at := float64(a.part) + float64(units)
	steps := math.Floor(at / float64(a.unit))
	a.part = float32(at - steps*float64(a.unit))
	a.first = saturate(a.first, steps)
	a.clamp()
	return a.first != first || a.part != part
}

// saturate adds steps to n without overflow.
func saturate(n int, steps float64) int {
	sum := float64(n) + steps
	if sum >= math.MaxInt32 {
		return math.MaxInt32
	}
	if sum <= math.MinInt32 {
		return math.MinInt32
	}
	return n + int(steps)
}

// clamp keeps the window inside the steps.
func (a *axis) clamp() {
	if a.part >= a.unit { // rounding of a tiny negative step
		a.first, a.part = a.first+1, 0
	}
	lastFirst, lastPart := a.end()
	if a.first > lastFirst || a.first == lastFirst && a.part > lastPart {
		a.first, a.part = lastFirst, lastPart
	}
	if a.first < 0 {
		a.first, a.part = 0, 0
	}
}

// end is the position at which the last step is wholly seen.
func (a *axis) end() (first int, part float32) {
	most := a.most()
	if most <= 0 {
		return 0, 0
	}
	steps := math.Floor(most / float64(a.unit))
	return int(steps), float32(most - steps*float64(a.unit))
}

// most is the largest distance scrolled, in units; float64 counts units
// exactly to 9e15.
func (a *axis) most() float64 {
	return math.Max(0, float64(a.count)*float64(a.unit)-float64(a.room))
}

// distance is how far the window stands from the start, in units.
func (a *axis) distance() float64 { return float64(a.first)*float64(a.unit) + float64(a.part) }

// seek goes to a distance from the start.
func (a *axis) seek(distance float64) {
	steps := math.Floor(distance / float64(a.unit))
	a.first = saturate(0, steps)
	a.part = float32(distance - steps*float64(a.unit))
	a.clamp()
}

// reveal scrolls as little as makes step i wholly seen.
func (a *axis) reveal(i int) {
	if i < a.first || i == a.first && a.part > 0 {
		a.first, a.part = i, 0
	} else if below := float64(i+1-a.first)*float64(a.unit) - float64(a.part) - float64(a.room); below > 0 {
		a.scroll(float32(below))
		return
	}
	a.clamp()
}

// seen is the range of steps that are seen at least in part: [from, to).
func (a *axis) seen() (from, to int) {
	if a.room <= 0 {
		return a.first, a.first
	}
	to = a.first + int(math.Ceil(float64(a.room+a.part)/float64(a.unit)))
	return a.first, min(to, a.count)
}

// at is the step under a place in the window; it may lie outside the steps.
func (a *axis) at(place float32) int {
	return a.first + int(math.Floor(float64(place+a.part)/float64(a.unit)))
}

// place is where in the window step i begins.
func (a *axis) place(i int) float32 { return float32(i-a.first)*a.unit - a.part }

// whole is how many steps fit into the window, at least one.
func (a *axis) whole() int { return max(1, int(a.room/a.unit)) }

// fits tells whether everything is seen at once.
func (a *axis) fits() bool { return a.most() == 0 }
