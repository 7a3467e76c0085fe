import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { DockerfileParser, type Instruction } from "dockerfile-ast";
import { filesOfContext } from "./build-context";

/** A stage of a Dockerfile, with what it says of the image. */
export interface Stage {
  /** Its number, from 0, and its name if it has one. */
  readonly names: readonly string[];
  /** The image or the stage that it begins from. */
  readonly base: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly user: string;
  readonly exposed: readonly string[];
  /** The words after `CMD` of HEALTHCHECK. */
  readonly healthcheck: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

interface Step {
  readonly keyword: string;
  /** The rest of the instruction, its lines joined. */
  readonly rest: string;
  readonly flags: Readonly<Record<string, string>>;
}

interface PlannedStage extends Stage {
  readonly steps: readonly Step[];
}

/** Does by hand, in folders, what an engine would do in images. */
export interface Builder {
  readonly stages: readonly Stage[];
  /**
   * Runs the steps of a stage and of those that it needs, each once. A stage
   * that begins from another continues in its folder, so nothing may be taken
   * from the earlier one any more.
   *
   * @returns the folder that stands for the root of the stage's image.
   */
  build(stage: string): string;
}

/**
 * @param context the folder that holds .dockerignore.
 * @param work an empty folder for the images.
 */
export function createBuilder(
  dockerfile: string,
  context: string,
  work: string,
): Builder {
  const stages = readStages(dockerfile);
  const find = (name: string) =>
    stages.find(({ names }) => names.includes(name));
  const built = new Map<PlannedStage, string>();
  const build = (stage: PlannedStage): string => {
    const known = built.get(stage);
    if (known !== undefined) return known;
    const earlier = find(stage.base);
    const image = earlier
      ? build(earlier)
      : join(work, stage.names[0] ?? "image");
    built.set(stage, image);
    for (const step of stage.steps) {
      const here = join(image, stage.workingDirectory);
      mkdirSync(here, { recursive: true });
      if (step.keyword === "RUN") {
        execFileSync("sh", ["-c", step.rest], {
          cwd: here,
          env: { ...outside(), ...stage.environment },
          stdio: ["ignore", "ignore", "inherit"],
        });
      } else {
        const from = step.flags["from"];
        const source = from === undefined ? undefined : find(from);
        if (from !== undefined && !source) {
          throw new Error(`COPY --from=${from}: there is no such stage`);
        }
        const words = step.rest.split(/\s+/);
        const target = words.pop() ?? "";
        for (const word of words) {
          if (source) {
            copyFromStage(build(source), word, resolve(here, target), words);
          } else copyFromContext(context, word, resolve(here, target));
        }
      }
    }
    return image;
  };
  return {
    stages,
    build: (name) => {
      const stage = find(name);
      if (!stage) throw new Error(`there is no stage ${name}`);
      return build(stage);
    },
  };
}

/** What the machine lends: nothing of the test's own npm, nor of its settings. */
function outside(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_|JEST_|CLIENTELE_|PORT$|HOST$)/i.test(name),
    ),
  );
}

function copyFromStage(
  image: string,
  word: string,
  target: string,
  words: readonly string[],
): void {
  const source = join(image, word);
  const isIntoFolder = words.length > 1 || existsSync(target);
  cpSync(
    source,
    isIntoFolder && !statSync(source).isDirectory()
      ? join(target, basename(source))
      : target,
    { recursive: true, verbatimSymlinks: true },
  );
}

function copyFromContext(context: string, word: string, target: string): void {
  const wanted = word === "." ? "" : word;
  const files = filesOfContext(context).filter(
    (file) => wanted === "" || file === wanted || file.startsWith(`${wanted}/`),
  );
  if (files.length === 0) throw new Error(`COPY ${word}: not in the context`);
  for (const file of files) {
    // Of a file its name is kept, of a folder what is in it.
    const below = file === wanted ? basename(file) : relative(wanted, file);
    cpSync(join(context, file), join(target, below));
  }
}

function readStages(dockerfile: string): PlannedStage[] {
  const stages: PlannedStage[] = [];
  let instructions: Instruction[] = [];
  const close = () => {
    if (instructions.length === 0) return;
    stages.push(toStage(stages, instructions));
    instructions = [];
  };
  for (const instruction of DockerfileParser.parse(
    readFileSync(dockerfile, "utf8"),
  ).getInstructions()) {
    if (instruction.getKeyword() === "FROM") close();
    instructions.push(instruction);
  }
  close();
  return stages;
}

function toStage(
  earlier: readonly PlannedStage[],
  [from, ...instructions]: readonly Instruction[],
): PlannedStage {
  const [base = "", , name] = wordsOf(from);
  const inherited = earlier.find(({ names }) => names.includes(base));
  let stage: Omit<PlannedStage, "steps"> = {
    environment: {},
    workingDirectory: "/",
    user: "",
    exposed: [],
    healthcheck: [],
    entrypoint: [],
    command: [],
    ...inherited,
    base,
    names: [String(earlier.length), ...(name === undefined ? [] : [name])],
  };
  const steps: Step[] = [];
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    const rest = restOf(instruction);
    switch (keyword) {
      case "WORKDIR":
        stage = { ...stage, workingDirectory: rest };
        break;
      case "ENV":
        stage = {
          ...stage,
          environment: {
            ...stage.environment,
            ...Object.fromEntries(
              rest.split(/\s+/).map((pair) => pair.split("=")),
            ),
          },
        };
        break;
      case "USER":
        stage = { ...stage, user: rest };
        break;
      case "EXPOSE":
        stage = { ...stage, exposed: rest.split(/\s+/) };
        break;
      case "HEALTHCHECK":
        stage = { ...stage, healthcheck: listIn(rest) };
        break;
      case "ENTRYPOINT":
        stage = { ...stage, entrypoint: listIn(rest) };
        break;
      case "CMD":
        stage = { ...stage, command: listIn(rest) };
        break;
      case "RUN":
      case "COPY": {
        const { flags, text } = splitFlags(rest);
        steps.push({ keyword, rest: text, flags });
        break;
      }
      default:
        throw new Error(`${keyword} is not known here`);
    }
  }
  return { ...stage, steps };
}

function restOf(instruction: Instruction): string {
  return instruction
    .getTextContent()
    .replace(/\\\r?\n/g, " ")
    .slice(instruction.getInstruction().length)
    .trim();
}

function wordsOf(instruction: Instruction | undefined): string[] {
  return instruction ? restOf(instruction).split(/\s+/) : [];
}

/** The form with brackets, which no shell reads. */
function listIn(text: string): string[] {
  return JSON.parse(text.slice(text.indexOf("["))) as string[];
}

function splitFlags(text: string): Pick<Step, "flags"> & { text: string } {
  const flags: Record<string, string> = {};
  const left = text.replace(/^(?:--(\S+?)=(\S+)\s+)+/, (all) => {
    for (const [, name = "", value = ""] of all.matchAll(/--(\S+?)=(\S+)/g)) {
      flags[name] = value;
    }
    return "";
  });
  return { flags, text: left };
}
