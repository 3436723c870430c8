# The service, built from its sources. What the image runs is `ibsafe-batch <command>`; docker-compose.yml shows which and with what.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Not `npm ci`, which refuses a lock file that was written where some platform's packages could not be had.
RUN npm install --no-save --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN node --input-type=module --eval \
  "import { ensureBuild } from './scripts/build.mjs'; await ensureBuild(process.cwd(), { node: process.execPath, say: console.log })"
# A console that cannot be built says so on its page, and keeps no image from being made.
COPY console console
COPY schema.graphql ./
COPY data/codes data/codes
RUN node --input-type=module --eval \
  "import { ensureConsole } from './scripts/console.mjs'; await ensureConsole(process.cwd(), { node: process.execPath, say: console.log })"

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the embedded PostgreSQL (optional): a container is given a database.
RUN npm install --omit=dev --omit=optional --no-save --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE}
ENV NODE_ENV=production
# How messages name commands, for whoever types them outside.
ENV IBSAFE_BATCH_COMMAND="docker exec \$HOSTNAME node dist/program/main.js"
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY data data
COPY docker docker
COPY deploy/postgres deploy/postgres
COPY --from=build /app/dist dist
# Archives of the log, whose volume takes the owner of this folder.
RUN mkdir /archive && chown node:node /archive
USER node
EXPOSE 4000
# The flags of scripts/node-flags.mjs.
ENTRYPOINT ["node", "--max-semi-space-size=16", "--initial-old-space-size=32", "--heap-growing-percent=100", "dist/program/main.js"]
CMD ["start"]
