package dev.sardonyx.models.golden;

import static dev.sardonyx.models.golden.TorchSubject.function;
import static dev.sardonyx.models.golden.TorchSubject.functions;

import dev.sardonyx.api.tensor.Index;
import dev.sardonyx.api.tensor.Tensor;
import java.util.List;

class IndexingTest extends TorchTheme {
  IndexingTest() {
    super("indexing");
    indices();
    parts();
    shapes();
    fixed("how many chunks there are depends on the size", "chunk_fewer");
    fixed("the lesser of a range's end and the size is no symbol", "get_steps");
    symbols("get_ranges", "_ rows columns");
  }

  private void indices() {
    add(
        "get_ranges",
        () -> function(x -> x.get(Index.range(1, 3), Index.ellipsis(), Index.step(2))));
    add(
        "get_negative",
        () -> function(x -> x.get(Index.range(-3, -1), Index.all(), Index.at(-1))));
    add(
        "get_newaxis",
        () ->
            function(
                x ->
                    x.get(
                        Index.newAxis(),
                        Index.all(),
                        Index.at(1),
                        Index.newAxis(),
                        Index.from(2))));
    add(
        "get_two_positions",
        () -> function(x -> x.get(Index.at(1), Index.all(), Index.at(-2))));
    add("get_scalar", () -> function(x -> x.get(Index.at(1), Index.at(2))));
    add("get_steps", () -> function(x -> x.get(Index.range(1, 9, 3), Index.to(100))));
    add("get_int64", () -> function(x -> x.get(Index.ellipsis(), Index.from(1))));
    add("select", () -> function(x -> x.select(-1, -2)));
    add("narrow", () -> function(x -> x.narrow(1, 1, 2)));
    add("narrow_from_end", () -> function(x -> x.narrow(1, -3, 2)));
    add("squeeze", () -> function(x -> x.squeeze(-2)));
    add("squeeze_of_more", () -> function(x -> x.squeeze(1).add(1)));
    add("index_select", () -> function((x, index) -> x.indexSelect(1, index)));
    add("gather_dim0", () -> function((x, index) -> x.gather(0, index)));
    add("gather_last", () -> function((x, index) -> x.gather(-1, index)));
  }

  private void parts() {
    add("split_size", () -> functions(in -> in.getFirst().split(3, 1)));
    add("split_sizes", () -> functions(in -> in.getFirst().split(new long[] {1, 4, 2}, -1)));
    add("chunk", () -> functions(in -> in.getFirst().chunk(3, 0)));
    add("chunk_fewer", () -> functions(in -> in.getFirst().chunk(4, 0)));
    add("unbind", () -> functions(in -> in.getFirst().unbind(1)));
    add("cat", () -> function((a, b) -> Tensor.cat(List.of(a, b, a), -1)));
    add("stack_last", () -> function((a, b) -> Tensor.stack(List.of(a, b), -1)));
    add("stack_first", () -> function((a, b) -> Tensor.stack(List.of(a, b), 0)));
  }

  private void shapes() {
    add("expand", () -> function(x -> x.expand(4, -1, 5)));
    add("expand_as", () -> function((a, b) -> a.expandAs(b)));
    add("repeat", () -> function(x -> x.repeat(2, 1, 3)));
    add("tile", () -> function(x -> x.tile(2)));
    add("flip", () -> function(x -> x.flip(0, -1)));
    add("roll", () -> function(x -> x.roll(2, 1)));
    add("roll_back", () -> function(x -> x.roll(-6, 1)));
    add("triu", () -> function(x -> x.triu(1)));
    add("tril", () -> function(x -> x.tril(-1)));
    add("unflatten", () -> function(x -> x.unflatten(1, 2, -1)));
    add("movedim", () -> function(x -> x.movedim(1, -1)));
    add("t", () -> function(x -> x.t()));
  }
}
