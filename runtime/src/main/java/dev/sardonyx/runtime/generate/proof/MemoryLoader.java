package dev.sardonyx.runtime.generate.proof;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads compiled classes from memory, before those of the same names on the class path. */
final class MemoryLoader extends ClassLoader {
  private final Map<String, byte[]> files;

  MemoryLoader(Map<String, byte[]> files, ClassLoader parent) {
    super("generated", parent);
    this.files = files;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] code = files.get(name.replace('.', '/') + ".class");
    if (code == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? defineClass(name, code, 0, code.length) : loaded;
    }
  }

  /** Own ones come first: two registries are two resources. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = new ArrayList<>();
    URL own = findResource(name);
    if (own != null) {
      found.add(own);
    }
    found.addAll(Collections.list(super.getResources(name)));
    return Collections.enumeration(found);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    byte[] content = files.get(name);
    try {
      return content == null
          ? null
          : URL.of(URI.create("memory:///" + name), new ContentHandler(content));
    } catch (MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Opens content that is in memory. */
  private static final class ContentHandler extends URLStreamHandler {
    private final byte[] content;

    ContentHandler(byte[] content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content);
        }
      };
    }
  }
}
