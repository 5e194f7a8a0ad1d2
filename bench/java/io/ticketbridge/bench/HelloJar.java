package io.ticketbridge.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** {@link Hello} in an executable jar, packed as ticketbridge's is: the same loader, its libraries as jars inside the jar. */
final class HelloJar {
    /** What Spring Boot's tool that extracts a jar needs, and else nobody. */
    private static final List<String> TOOLS = List.of("spring-core", "spring-jcl");

    /** What camel-main, camel-yaml-dsl, camel-timer, camel-http and logback-classic bring along. */
    private static final List<String> LIBRARIES = List.of(
            ("camel-api camel-attachments camel-base camel-base-engine camel-cloud camel-cluster camel-core-engine"
                            + " camel-core-languages camel-core-model camel-core-processor camel-core-reifier"
                            + " camel-dsl-support camel-health camel-http camel-http-base camel-http-common camel-main"
                            + " camel-management-api camel-support camel-timer camel-util camel-util-json camel-xml-io"
                            + " camel-xml-io-util camel-yaml-dsl camel-yaml-dsl-common camel-yaml-dsl-deserializers"
                            + " commons-codec commons-io httpclient5 httpcore5 httpcore5-h2 jakarta.activation-api"
                            + " jakarta.servlet-api jakarta.xml.bind-api logback-classic logback-core slf4j-api"
                            + " snakeyaml-engine")
                    .split(" "));

    private HelloJar() {}

    /** @param like ticketbridge's own jar, whose loader it takes */
    static Path make(Path jar, Path like, URI source) throws IOException {
        Manifest manifest = new Manifest();
        try (JarFile model = new JarFile(like.toFile())) {
            manifest.getMainAttributes().putAll(model.getManifest().getMainAttributes());
            manifest.getMainAttributes().putValue("Start-Class", Hello.class.getName());
            manifest.getMainAttributes().remove(new Attributes.Name("Spring-Boot-Layers-Index"));
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                for (JarEntry entry : model.stream().toList()) {
                    byte[] content = read(model.getInputStream(entry));
                    if (entry.getName().startsWith("org/springframework/boot/loader/")
                            || entry.getName().startsWith("META-INF/services/")) {
                        put(out, entry.getName(), content);
                    } else if (entry.getName().startsWith("BOOT-INF/lib/spring-boot-jarmode-tools-")) {
                        store(out, entry.getName(), content);
                    }
                }
                for (String folder : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
                    put(out, folder, new byte[0]);
                }
                String hello = Hello.class.getName().replace('.', '/') + ".class";
                put(out, "BOOT-INF/classes/" + hello, read(Hello.class.getResourceAsStream("Hello.class")));
                put(out, "BOOT-INF/classes/hello.camel.yaml", route(source).getBytes(StandardCharsets.UTF_8));
                put(out, "BOOT-INF/classes/logback.xml", read(Hello.class.getResourceAsStream("/logback.xml")));
                StringBuilder index = new StringBuilder();
                for (String library :
                        Stream.concat(LIBRARIES.stream(), TOOLS.stream()).toList()) {
                    Path file = find(library);
                    String name = "BOOT-INF/lib/" + file.getFileName();
                    store(out, name, Files.readAllBytes(file));
                    index.append("- \"").append(name).append("\"\n");
                }
                put(out, "BOOT-INF/classpath.idx", index.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static String route(URI source) {
        return """
                - route:
                    id: hello
                    from:
                      uri: timer:hello
                      parameters:
                        delay: 0
                        repeatCount: 1
                      steps:
                        - to:
                            uri: %s
                """
                .formatted(source);
    }

    private static Path find(String library) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(library + "-\\d[^/]*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The class path has no " + library));
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }

    /** Uncompressed: the loader reads a jar inside a jar in place. */
    private static void store(JarOutputStream out, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }
}
