package dev.sardonyx.ort;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/** The bindings of a session: their tensors are freed after them, or with the session. */
final class OrtBindings implements AutoCloseable {

  private static final class Held extends PhantomReference<OrtBinding> {
    private final OrtBinding.Pinned pinned;

    Held(OrtBinding binding, ReferenceQueue<OrtBinding> unused) {
      super(binding, unused);
      pinned = binding.pinned();
    }
  }

  private final ReferenceQueue<OrtBinding> unused = new ReferenceQueue<>();
  private final Set<Held> all = new HashSet<>();

  /** Keeps a binding's tensors as long as it is used. */
  synchronized OrtBinding add(OrtBinding binding) {
    for (var held = unused.poll(); held != null; held = unused.poll()) {
      if (held instanceof Held gone && all.remove(gone)) {
        gone.pinned.close();
      }
    }
    all.add(new Held(binding, unused));
    return binding;
  }

  /** Frees all tensors; nothing may run. */
  @Override
  public synchronized void close() {
    all.forEach(held -> held.pinned.close());
    all.clear();
  }
}
