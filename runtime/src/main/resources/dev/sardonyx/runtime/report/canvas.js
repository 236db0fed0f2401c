// A canvas that shows a part of a plane: it is dragged, zoomed, and painted once a frame.
class Plane {
  constructor(canvas, paint) {
    this.canvas = canvas;
    this.paint = paint;
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.width = 0;
    this.height = 0;
    this.bounds = {width: 1, height: 1};
    this.pending = false;
    this.pointers = new Map();
    this.listen();
  }

  invalidate() {
    if (!this.pending) {
      this.pending = true;
      requestAnimationFrame(() => {
        this.pending = false;
        this.paintNow();
      });
    }
  }

  paintNow() {
    const ratio = window.devicePixelRatio || 1;
    const pen = this.canvas.getContext('2d');
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.setTransform(ratio * this.scale, 0, 0, ratio * this.scale, -this.left * ratio * this.scale, -this.top * ratio * this.scale);
    this.paint(pen);
  }

  resize() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.canvas.width = Math.max(1, Math.round(this.width * ratio));
    this.canvas.height = Math.max(1, Math.round(this.height * ratio));
    this.paintNow();
  }

  least() {
    return Math.min(0.25, 0.8 * Math.min(this.width / this.bounds.width, this.height / this.bounds.height));
  }

  /** Moves by so many pixels; some of the drawing stays in view. */
  move(right, down) {
    const keep = 60 / this.scale;
    this.left = Math.min(Math.max(this.left + right / this.scale, keep - this.width / this.scale), this.bounds.width - keep);
    this.top = Math.min(Math.max(this.top + down / this.scale, keep - this.height / this.scale), this.bounds.height - keep);
    this.invalidate();
  }

  /** Zooms about a place of the canvas, which stays where it is. */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const scale = Math.min(3, Math.max(this.least(), this.scale * factor));
    this.left += x / this.scale - x / scale;
    this.top += y / this.scale - y / scale;
    this.scale = scale;
    this.move(0, 0);
  }

  /** Shows a place of the plane in the middle. */
  center(x, y) {
    this.left = x - this.width / this.scale / 2;
    this.top = y - this.height / this.scale / 2;
    this.move(0, 0);
  }

  shows(x, y, margin) {
    const atX = (x - this.left) * this.scale;
    const atY = (y - this.top) * this.scale;
    return atX > margin && atX < this.width - margin && atY > margin / 2 && atY < this.height - margin / 2;
  }

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener('wheel', event => {
      if (event.ctrlKey || event.metaKey || document.activeElement === canvas) {
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), event.offsetX, event.offsetY);
      }
    }, {passive: false});
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, {x: event.offsetX, y: event.offsetY});
      this.travelled = 0;
    });
    canvas.addEventListener('pointermove', event => this.drag(event));
    for (const end of ['pointerup', 'pointercancel']) {
      canvas.addEventListener(end, event => {
        this.pointers.delete(event.pointerId);
        canvas.classList.remove('dragging');
      });
    }
  }

  /** One pointer moves; two zoom as well, by how their distance grows. */
  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const now = {x: event.offsetX, y: event.offsetY};
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (other) {
      const distance = at => Math.hypot(at.x - other.x, at.y - other.y);
      this.zoom(distance(now) / Math.max(1, distance(before)), other.x, other.y);
    } else {
      this.canvas.classList.add('dragging');
      this.move(before.x - now.x, before.y - now.y);
    }
    this.travelled += Math.abs(before.x - now.x) + Math.abs(before.y - now.y);
    this.pointers.set(event.pointerId, now);
  }
}
