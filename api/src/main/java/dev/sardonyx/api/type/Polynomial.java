package dev.sardonyx.api.type;

import dev.sardonyx.api.error.ErrorCode;
import dev.sardonyx.api.error.SardonyxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * A polynomial over dim symbols and floor quotients, in canonical form: equal values of the same
 * form are equal objects. Exact: sums and products beyond 64 bits are an error (LIMIT).
 */
public final class Polynomial {
  /** A file may ask for expressions that grow without end; no real shape comes near this. */
  private static final long MOST_SYMBOLS = 1000;

  /** Something that cannot be taken apart: a symbol, or a quotient rounded down. */
  sealed interface Factor extends Comparable<Factor> {
    @Override
    default int compareTo(Factor other) {
      return toString().compareTo(other.toString());
    }
  }

  record Name(String name) implements Factor {
    /** Quoted where the name itself reads like an expression, so that the two stay apart. */
    @Override
    public String toString() {
      return name.matches("\\w+") ? name : '"' + name + '"';
    }
  }

  record Quotient(Polynomial numerator, long divisor) implements Factor {
    @Override
    public String toString() {
      return "floor((" + numerator + ")/" + divisor + ")";
    }
  }

  /** Coefficients by monomial; the monomial's text orders them, the constant's is empty. */
  private record Term(long coefficient, List<Factor> factors) {
    String key() {
      return String.join("*", factors.stream().map(Object::toString).toList());
    }

    long symbols() {
      long inFactors = 0;
      for (Factor factor : factors) {
        inFactors += factor instanceof Quotient quotient ? quotient.numerator().symbols() : 1;
      }
      return inFactors + 1;
    }
  }

  /** Another arithmetic that the value can be computed in, such as that of graphs. */
  public interface Arithmetic<T> {
    /** A number. */
    T constant(long value);

    /** The size that a name stands for. */
    T symbol(String name);

    /** The sum. */
    T sum(T a, T b);

    /** The product. */
    T product(T a, T b);

    /** The quotient rounded down. */
    T quotient(T a, long divisor);
  }

  private final TreeMap<String, Term> terms = new TreeMap<>();

  private Polynomial() {}

  static Polynomial of(long constant) {
    return ofTerm(new Term(constant, List.of()));
  }

  static Polynomial of(Dim dim) {
    return switch (dim) {
      case Dim.Fixed fixed -> of(fixed.value());
      case Dim.Symbol symbol -> of(new Name(symbol.name()));
      case Dim.Derived derived -> derived.value();
      case Dim.Unknown _ -> throw new IllegalArgumentException("an unknown dim has no polynomial");
    };
  }

  private static Polynomial of(Factor factor) {
    return ofTerm(new Term(1, List.of(factor)));
  }

  private static Polynomial ofTerm(Term term) {
    var result = new Polynomial();
    result.add(term);
    return result;
  }

  private void add(Term term) {
    Term old = terms.get(term.key());
    long sum = exact(Math::addExact, old == null ? 0 : old.coefficient(), term.coefficient());
    if (sum == 0) {
      terms.remove(term.key());
    } else {
      terms.put(term.key(), new Term(sum, term.factors()));
    }
  }

  Polynomial plus(Polynomial other) {
    var result = new Polynomial();
    terms.values().forEach(result::add);
    other.terms.values().forEach(result::add);
    return result.requireSmall();
  }

  private Polynomial requireSmall() {
    if (symbols() > MOST_SYMBOLS) {
      throw new SardonyxException(
          ErrorCode.LIMIT, "a dim is an expression of more than " + MOST_SYMBOLS + " symbols");
    }
    return this;
  }

  /** How many symbols and numbers the expression is written with. */
  private long symbols() {
    return terms.values().stream().mapToLong(Term::symbols).sum();
  }

  Polynomial minus(Polynomial other) {
    return plus(other.times(of(-1)));
  }

  Polynomial times(Polynomial other) {
    var result = new Polynomial();
    for (Term a : terms.values()) {
      for (Term b : other.terms.values()) {
        List<Factor> factors = new ArrayList<>(a.factors());
        factors.addAll(b.factors());
        factors.sort(null);
        long coefficient = exact(Math::multiplyExact, a.coefficient(), b.coefficient());
        result.add(new Term(coefficient, List.copyOf(factors)));
      }
    }
    return result.requireSmall();
  }

  /** Divides what divides without rest, and keeps the rest as one rounded quotient. */
  Polynomial floorDiv(long divisor) {
    if (divisor == 1) {
      return this;
    }
    var whole = new Polynomial();
    var rest = new Polynomial();
    for (Term term : terms.values()) {
      long quotient = Math.floorDiv(term.coefficient(), divisor);
      if (term.factors().isEmpty() || term.coefficient() % divisor == 0) {
        whole.add(new Term(quotient, term.factors()));
        rest.add(new Term(term.coefficient() - quotient * divisor, term.factors()));
      } else {
        rest.add(term);
      }
    }
    boolean nothingLeft = rest.constant().isPresent();
    return nothingLeft ? whole : whole.plus(of(new Quotient(rest, divisor)));
  }

  /** The quotient by a single term, if every term of this is a multiple of it. */
  Optional<Polynomial> exactQuotient(Polynomial divisor) {
    if (divisor.terms.size() != 1) {
      return equals(divisor) ? Optional.of(of(1)) : Optional.empty();
    }
    Term by = divisor.terms.firstEntry().getValue();
    var result = new Polynomial();
    for (Term term : terms.values()) {
      List<Factor> factors = new ArrayList<>(term.factors());
      boolean divides = term.coefficient() % by.coefficient() == 0;
      for (Factor factor : by.factors()) {
        divides &= factors.remove(factor);
      }
      if (!divides) {
        return Optional.empty();
      }
      result.add(new Term(term.coefficient() / by.coefficient(), List.copyOf(factors)));
    }
    return Optional.of(result);
  }

  /** The value, if no symbol is left. */
  Optional<Long> constant() {
    if (terms.isEmpty()) {
      return Optional.of(0L);
    }
    Term first = terms.firstEntry().getValue();
    boolean constant = terms.size() == 1 && first.factors().isEmpty();
    return constant ? Optional.of(first.coefficient()) : Optional.empty();
  }

  Polynomial bind(Map<String, Long> sizes) {
    var result = new Polynomial();
    for (Term term : terms.values()) {
      Polynomial product = of(term.coefficient());
      for (Factor factor : term.factors()) {
        product =
            product.times(
                switch (factor) {
                  case Name(String name) ->
                      sizes.containsKey(name) ? of(sizes.get(name)) : of(factor);
                  case Quotient(Polynomial numerator, long divisor) ->
                      numerator.bind(sizes).floorDiv(divisor);
                });
      }
      result = result.plus(product);
    }
    return result;
  }

  /** The value in another arithmetic. */
  public <T> T evaluate(Arithmetic<T> arithmetic) {
    Optional<T> sum = Optional.empty();
    for (Term term : terms.descendingMap().values()) {
      T product = product(term, arithmetic);
      sum = Optional.of(sum.isPresent() ? arithmetic.sum(sum.get(), product) : product);
    }
    return sum.orElseGet(() -> arithmetic.constant(0));
  }

  private static <T> T product(Term term, Arithmetic<T> arithmetic) {
    Optional<T> product =
        term.coefficient() == 1 && !term.factors().isEmpty()
            ? Optional.empty()
            : Optional.of(arithmetic.constant(term.coefficient()));
    for (Factor factor : term.factors()) {
      T next =
          switch (factor) {
            case Name(String name) -> arithmetic.symbol(name);
            case Quotient(Polynomial numerator, long divisor) ->
                arithmetic.quotient(numerator.evaluate(arithmetic), divisor);
          };
      product = Optional.of(product.isPresent() ? arithmetic.product(product.get(), next) : next);
    }
    return product.orElseThrow();
  }

  /** As a dim in its simplest form. */
  Dim toDim() {
    Optional<Long> constant = constant();
    if (constant.isPresent()) {
      return Dim.of(constant.get());
    }
    Term first = terms.firstEntry().getValue();
    boolean lone = terms.size() == 1 && first.coefficient() == 1 && first.factors().size() == 1;
    return lone && first.factors().getFirst() instanceof Name(String name)
        ? new Dim.Symbol(name)
        : new Dim.Derived(this);
  }

  static long exact(LongBinaryOperator operation, long a, long b) {
    try {
      return operation.applyAsLong(a, b);
    } catch (ArithmeticException overflow) {
      throw new SardonyxException(ErrorCode.LIMIT, "a dim exceeds 64 bits", overflow);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polynomial that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  /** Largest monomials first, the constant last: {@code 2*seq + 1}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Term term : terms.descendingMap().values()) {
      long size = Math.abs(term.coefficient());
      text.append(
          text.isEmpty()
              ? (term.coefficient() < 0 ? "-" : "")
              : term.coefficient() < 0 ? " - " : " + ");
      if (term.factors().isEmpty()) {
        text.append(size);
      } else {
        text.append(size == 1 ? "" : size + "*").append(term.key());
      }
    }
    return text.toString();
  }
}
