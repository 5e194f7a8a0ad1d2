package io.ticketbridge.source.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Findings files as nobody should write them, from a seed: always the same ones. */
public final class BrokenFindings {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WRONG =
            List.of("null", "7", "-1e400", "true", "\"\"", "\"x\"", "[]", "{}", "[[{}]]", "[1,\"a\",null]", deep(150));

    private BrokenFindings() {}

    /** One record of each format. */
    public static List<String> records(String resource) {
        return List.of(Records.prowler(resource), Records.ocsf(resource), Records.asff(resource));
    }

    /** Well-formed, with each value in turn of a type that it should not have, or gone. */
    public static List<String> ofWrongTypes(String record) {
        List<String> mutants = new ArrayList<>();
        walk(tree(record), change -> {
            for (int wrong = -1; wrong < WRONG.size(); wrong++) {
                ObjectNode copy = tree(record);
                change.apply(copy, wrong < 0 ? null : node(WRONG.get(wrong)));
                mutants.add(copy.toString());
            }
        });
        return mutants;
    }

    /** With some bytes changed, gone, doubled or put in. */
    public static List<byte[]> ofWrongBytes(String file, int count, long seed) {
        Random random = new Random(seed);
        List<byte[]> mutants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes = changed(bytes, random);
            }
            mutants.add(bytes);
        }
        return mutants;
    }

    /** Whole files of other kinds of trouble, by what is wrong with them. None is larger than some KB. */
    public static Map<String, byte[]> files() throws IOException {
        String good = Records.prowler("good");
        String list = "[" + good + "," + Records.asff("other") + "]";
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int end : new int[] {1, 2, 100, good.length() / 2, good.length() + 1, list.length() - 1}) {
            files.put("cut after " + end, utf8(list.substring(0, end)));
        }
        byte[] zipped = Records.gzip(utf8(list));
        files.put("gzip cut", Arrays.copyOf(zipped, zipped.length - 9));
        files.put("gzip header alone", Arrays.copyOf(zipped, 10));
        files.put("gzip twice", Records.gzip(zipped));
        files.put("gzip of nothing", Records.gzip(new byte[0]));
        files.put("nothing", new byte[0]);
        files.put("nul", new byte[1000]);
        files.put("blanks", utf8(" \n".repeat(500)));
        files.put("word", utf8("findings"));
        files.put("html", utf8("<html><body>Sign in</body></html>"));
        files.put("number", utf8("12345"));
        files.put("string", utf8("\"findings\""));
        files.put("latin-1", ("[" + Records.prowler("Zürich") + "]").getBytes(StandardCharsets.ISO_8859_1));
        files.put("utf-16 of odd length", Arrays.copyOf(list.getBytes(StandardCharsets.UTF_16), 301));
        files.put("utf-32", list.getBytes(Charset.forName("UTF-32")));
        files.put("surrogate", utf8("[" + Records.prowler("\\ud800") + "]"));
        files.put(
                "key twice",
                utf8("[" + good.replace("\"status_id\":1", "\"status_id\":1,\"status_code\":\"PASS\"") + "]"));
        files.put("nested lists", utf8("[".repeat(2000) + "]".repeat(2000)));
        files.put("nested objects", utf8("{\"a\":".repeat(2000) + "1" + "}".repeat(2000)));
        files.put("envelopes", utf8("{\"Findings\":[".repeat(50) + good + "]}".repeat(50)));
        files.put("closing brackets", utf8("[" + good + "]]]]}}}"));
        files.put("comments", utf8("[/* one */" + good + "// two\n]"));
        files.put("single quotes", utf8("[" + good.replace('"', '\'') + "]"));
        files.put("two lists", utf8(list + list));
        files.put("pdf", utf8("%PDF-1.7\n%\u00e2\u00e3"));
        files.put("zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0});
        return files;
    }

    /** Streams that no heap holds. */
    public static Map<String, InputStream> endless(long megabytes) {
        String record = Records.prowler("RES");
        String start = record.substring(0, record.indexOf("RES"));
        String end = record.substring(start.length() + 3);
        Map<String, InputStream> streams = new LinkedHashMap<>();
        streams.put("a string", around("[" + start, "x", megabytes, end + "," + Records.prowler("good") + "]"));
        streams.put("a key", around("[{\"", "k", megabytes, "\":1}," + Records.prowler("good") + "]"));
        streams.put("a number", around("[{\"n\":", "7", megabytes, "}," + Records.prowler("good") + "]"));
        streams.put("lists", around("", "[", megabytes, ""));
        streams.put("objects", around("[", "{\"a\":", megabytes, "1]"));
        streams.put("blanks inside", around("[" + Records.prowler("good"), " ", megabytes, "]"));
        streams.put("blanks before", around("", " ", megabytes, "[" + Records.prowler("good") + "]"));
        streams.put("one line after another", around("", "nonsense ", megabytes, ""));
        streams.put("records", around("[", Records.prowler("good") + ",", megabytes, Records.prowler("last") + "]"));
        return streams;
    }

    private static InputStream around(String before, String often, long megabytes, String after) {
        byte[] some = utf8(often.repeat(Math.max(1, 8192 / often.length())));
        long times = megabytes * 1024 * 1024 / some.length;
        InputStream middle = new InputStream() {
            private long left = times * some.length;

            @Override
            public int read() {
                return left <= 0 ? -1 : some[(int) ((times * some.length - left--) % some.length)];
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int at = (int) ((times * some.length - left) % some.length);
                int count = (int) Math.min(Math.min(length, some.length - at), left);
                System.arraycopy(some, at, to, offset, count);
                left -= count;
                return count;
            }
        };
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(utf8(before)), middle, new ByteArrayInputStream(utf8(after)))));
    }

    private interface Change {
        /** @param value null takes the field out */
        void apply(ObjectNode record, JsonNode value);
    }

    private static void walk(ObjectNode record, Consumer<Change> each) {
        List<List<String>> paths = new ArrayList<>();
        collect(record, List.of(), paths);
        paths.forEach(path -> each.accept((copy, value) -> put(copy, path, value)));
    }

    private static void collect(JsonNode node, List<String> path, List<List<String>> paths) {
        node.properties().forEach(field -> add(field.getKey(), field.getValue(), path, paths));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            add(String.valueOf(i), node.get(i), path, paths);
        }
    }

    private static void add(String step, JsonNode value, List<String> path, List<List<String>> paths) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        paths.add(longer);
        collect(value, longer, paths);
    }

    private static void put(JsonNode node, List<String> path, JsonNode value) {
        JsonNode parent = node;
        for (String step : path.subList(0, path.size() - 1)) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
        }
        String last = path.get(path.size() - 1);
        if (parent instanceof ArrayNode array) {
            int index = Integer.parseInt(last);
            if (value == null) {
                array.remove(index);
            } else {
                array.set(index, value);
            }
        } else if (value == null) {
            ((ObjectNode) parent).remove(last);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(20);
        int until = Math.min(bytes.length, at + length);
        byte[] head = Arrays.copyOf(bytes, at);
        byte[] tail = Arrays.copyOfRange(bytes, until, bytes.length);
        byte[] middle =
                switch (random.nextInt(4)) {
                    case 0 -> new byte[0];
                    case 1 -> Arrays.copyOfRange(bytes, Math.max(0, at - length), until);
                    case 2 -> utf8("{}[]\",:\\\n\u0000".substring(random.nextInt(9)));
                    default -> {
                        byte[] noise = new byte[until - at];
                        random.nextBytes(noise);
                        yield noise;
                    }
                };
        byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
        return all.length == 0 ? new byte[] {'x'} : all;
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) node(json);
    }

    private static JsonNode node(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String deep(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
