package io.ticketbridge.bench;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** {@link Hello} in an executable jar, packed as ticketbridge's is: everything by its own name in one jar. */
final class HelloJar {
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

    static Path make(Path jar, URI source) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                Hello.class.getName().replace('.', '/') + ".class",
                read(Hello.class.getResourceAsStream("Hello.class")));
        files.put("hello.camel.yaml", route(source).getBytes(StandardCharsets.UTF_8));
        files.put("logback.xml", read(Hello.class.getResourceAsStream("/logback.xml")));
        for (String library : LIBRARIES) {
            add(files, find(library));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Hello.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    /** What several of them have, the first has; lists of services are put together. */
    private static void add(Map<String, byte[]> files, Path library) throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                byte[] content = read(jar.getInputStream(entry));
                if (entry.getName().startsWith("META-INF/services/")) {
                    files.merge(entry.getName(), content, HelloJar::both);
                } else if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    files.putIfAbsent(entry.getName(), content);
                }
            }
        }
    }

    private static byte[] both(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.write('\n');
        both.writeBytes(other);
        return both.toByteArray();
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

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }
}
